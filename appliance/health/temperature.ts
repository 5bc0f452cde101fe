import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Checked, notMade, warning, well } from './check.js';

/** In degrees Celsius: a Raspberry Pi throttles from here on (its documentation, "Thermal control"). */
const hot = 80;

/** Checks the hottest of the kernel's thermal zones (Documentation/driver-api/thermal/sysfs-api.rst). */
export async function checkTemperature(zones = '/sys/class/thermal'): Promise<Checked> {
  const celsius = Math.max(...(await readZones(zones)));
  if (!Number.isFinite(celsius)) return notMade('temperature', 'temperature-unknown');
  return celsius < hot ? well('temperature', { celsius }) : warning('temperature', 'hot', { celsius });
}

/** In degrees Celsius, without zones that report nothing or an impossible value. */
async function readZones(folder: string): Promise<number[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.startsWith('thermal_zone'));
  const read = (name: string) => readFile(join(folder, name, 'temp'), 'utf8').catch(() => '');
  const thousandths = (await Promise.all(names.map(read))).filter((text) => /^-?\d+$/.test(text.trim()));
  return thousandths
    .map((text) => Math.round(Number(text) / 1000))
    .filter((celsius) => celsius > 0 && celsius < 130);
}
