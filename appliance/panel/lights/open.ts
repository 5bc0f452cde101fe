import { openCharacterDevice } from './character-device.js';
import type { Lines, Wiring } from './lines.js';
import { openSysfs } from './sysfs.js';

/** Takes the lines of the lights and buttons in the first way that this machine has; undefined where it has none. */
export async function openLines(wiring: Wiring): Promise<Lines | undefined> {
  return (await openSysfs(wiring)) ?? (await openCharacterDevice(wiring));
}
