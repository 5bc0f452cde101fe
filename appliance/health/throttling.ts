import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { type Checked, notMade, warning, well } from './check.js';

/**
 * Flags of a Raspberry Pi's firmware: the low bits mean now, the bits from 16 on mean since boot (Raspberry Pi
 * documentation, `vcgencmd get_throttled`).
 */
const underVoltage = 0x1_0001;
const slowedDown = 0xe_000e;

/** Checks that the board had enough power and was not throttled since boot. */
export async function checkThrottling(
  platform = '/sys/devices/platform',
  program = 'vcgencmd',
): Promise<Checked> {
  const flags = (await fromSysfs(platform)) ?? (await fromProgram(program));
  if (flags === undefined) return notMade('throttling', 'throttling-unknown');
  if (flags & underVoltage) return warning('throttling', 'power-weak', { flags });
  return flags & slowedDown ? warning('throttling', 'throttled', { flags }) : well('throttling', { flags });
}

/** `soc/soc:firmware/get_throttled`; a Raspberry Pi 5 names its `soc` by an address. */
async function fromSysfs(platform: string): Promise<number | undefined> {
  for (const soc of (await namesIn(platform)).filter((name) => name.startsWith('soc'))) {
    for (const firmware of (await namesIn(join(platform, soc))).filter((name) =>
      name.endsWith(':firmware'),
    )) {
      const file = join(platform, soc, firmware, 'get_throttled');
      const flags = flagsIn(await readFile(file, 'utf8').catch(() => ''));
      if (flags !== undefined) return flags;
    }
  }
  return undefined;
}

function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch(() => []);
}

function fromProgram(program: string): Promise<number | undefined> {
  return new Promise((resolve) => {
    execFile(program, ['get_throttled'], { timeout: 2000, killSignal: 'SIGKILL' }, (error, stdout) =>
      resolve(error ? undefined : flagsIn(stdout.replace('throttled=', ''))),
    );
  });
}

/** A hexadecimal number, with or without `0x` before it. */
function flagsIn(text: string): number | undefined {
  return /^(0x)?[0-9a-f]{1,8}$/i.test(text.trim()) ? parseInt(text, 16) : undefined;
}
