import assert from 'node:assert/strict';

import { until } from '../../counter/until.js';
import type { Box } from '../box.js';
import type { Report } from '../report.js';
import { guestTimeoutMs } from '../timeouts.js';

/** The units of the appliance. Without them, the same system starts to the same target. */
export const applianceUnits = [
  ...['terashi.service', 'terashi-vault.socket'],
  ...['terashi-panel.socket', 'terashi-panel-lights.socket', 'terashi-panel-doctor.socket'],
  ...['terashi-update.socket', 'terashi-export.socket', 'terashi-clock.socket'],
  ...['terashi-mount-read.socket', 'terashi-mount-write.socket', 'terashi-restart.path'],
  ...['terashi-lights.service', 'terashi-screen.service', 'terashi-confirm.service'],
  ...['terashi-first-start.service', 'terashi-good.service'],
];

/** In bytes: the most that the appliance at rest may take of a box's memory. */
const maxMemory = 500e6;

/** When a box without its appliance had started, in seconds of its own clock since the kernel began. */
export async function secondsToSystem(box: Box): Promise<number> {
  const property = '--property=ActiveEnterTimestampMonotonic';
  const microseconds = async () =>
    Number((await box.guest.run('systemctl', 'show', '--value', property, 'multi-user.target')).trim());
  const options = { timeoutMs: guestTimeoutMs, intervalMs: 1000 };
  return (await until('multi-user.target', microseconds, options)) / 1e6;
}

/** When a visit could begin, in the same seconds. Called at once after a start. */
export async function secondsToReady(box: Box): Promise<number> {
  const { clerk } = box.appliance;
  await clerk.waitFor(({ scene }) => scene.name === 'idle', 'a box that is ready');
  const uptime = await box.guest.run('cat', '/proc/uptime');
  return Number(uptime.split(' ')[0]);
}

/**
 * Reports the time to ready as a multiple of the same system without the appliance; 1.3 is the goal. Both are measured
 * by the guest's clock, which a busy host does not slow down. Neither includes firmware and boot manager, which take
 * both equally long.
 */
export async function compareStarts(ready: number, system: number, report: Report): Promise<string> {
  report.time("start to ready, by the guest's clock", ready * 1000);
  report.time("start to multi-user without the appliance, by the guest's clock", system * 1000);
  return Promise.resolve(`${(ready / system).toFixed(2)} times the system without the appliance`);
}

/** The kernel runs with pages of this size, in bytes (getconf(1): `PAGESIZE` is sysconf(3)'s _SC_PAGESIZE). */
export async function hasPagesOf(size: number, { guest }: Box): Promise<string> {
  const kernel = (await guest.run('uname', '--kernel-release')).trim();
  const pageSize = Number(await guest.run('getconf', 'PAGESIZE'));
  assert.equal(pageSize, size, `${kernel} has pages of ${pageSize} bytes instead of ${size}`);
  return `${kernel}, pages of ${pageSize} bytes`;
}

/** Sums up the memory of the appliance's units while no visit runs. */
export async function memoryAtRest({ guest }: Box): Promise<string> {
  const script =
    'for unit in $(systemctl list-units --plain --no-legend "terashi*.service" | cut -d " " -f 1); do ' +
    'echo $unit $(systemctl show --value --property=MemoryCurrent $unit); done';
  const lines = (await guest.run('sh', '-c', script)).trim().split('\n');
  const units = lines.map((line) => line.split(' ')).filter(([, bytes]) => Number(bytes) > 0);
  const sum = units.reduce((total, [, bytes]) => total + Number(bytes), 0);
  const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`;
  const result = `${megabytes(sum)} (${units.map(([unit, bytes]) => `${unit} ${megabytes(Number(bytes))}`).join(', ')})`;
  assert(sum <= maxMemory, result);
  return result;
}
