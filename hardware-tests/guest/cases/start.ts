import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

import type { Box } from '../box.js';
import type { Report } from '../report.js';

/** What of the box is the appliance: without it, the same system starts to the same target. */
export const applianceUnits = [
  ...['terashi.service', 'terashi-vault.socket', 'terashi-panel.socket'],
  ...['terashi-update.socket', 'terashi-export.socket'],
  ...['terashi-lights.service', 'terashi-screen.service', 'terashi-confirm.service'],
  ...['terashi-first-start.service', 'terashi-good.service'],
];

/** Asked: bytes of memory of the appliance at rest. */
const mostMemory = 500e6;

/** When the system of a box without its appliance was there: in seconds of its own clock since the kernel began. */
export async function secondsToSystem(box: Box): Promise<number> {
  const property = '--property=ActiveEnterTimestampMonotonic';
  for (;;) {
    const said = await box.guest.run('systemctl', 'show', '--value', property, 'multi-user.target');
    if (Number(said.trim()) > 0) return Number(said.trim()) / 1e6;
    await wait(1000);
  }
}

/** When a visit could begin, in the same; to be asked at once after a start. */
export async function secondsToReady(box: Box): Promise<number> {
  const { clerk } = box.bench;
  await clerk.until(({ scene }) => scene.name === 'idle', 'a box that is ready');
  const uptime = await box.guest.run('cat', '/proc/uptime');
  return Number(uptime.split(' ')[0]);
}

/**
 * Tells the time from power to ready as a multiple of the same system without the appliance, which is to be at most 1.3.
 * Both are the guest's own time. A single processor's goes by its instructions while it is busy: a busy computer
 * makes neither longer. Firmware and boot manager, which take both as long, are left out.
 */
export function compareStarts(ready: number, system: number, report: Report): void {
  report.time("start to ready, by the guest's clock", ready * 1000);
  report.time("start to multi-user without the appliance, by the guest's clock", system * 1000);
  report.tell(`from power to ready: ${(ready / system).toFixed(2)} times the system without the appliance`);
}

/** How much memory the units of the appliance hold while nothing happens. */
export async function memoryAtRest({ guest }: Box): Promise<string> {
  const script =
    'for unit in $(systemctl list-units --plain --no-legend "terashi*.service" | cut -d " " -f 1); do ' +
    'echo $unit $(systemctl show --value --property=MemoryCurrent $unit); done';
  const lines = (await guest.run('sh', '-c', script)).trim().split('\n');
  const held = lines.map((line) => line.split(' ')).filter(([, bytes]) => Number(bytes) > 0);
  const sum = held.reduce((total, [, bytes]) => total + Number(bytes), 0);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const said = `${megabytes(sum)} (${held.map(([unit, bytes]) => `${unit} ${megabytes(Number(bytes))}`).join(', ')})`;
  assert(sum <= mostMemory, said);
  return said;
}
