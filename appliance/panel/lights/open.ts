import { openCharacterDevice } from './character-device.js';
import type { Lines, Wiring } from './lines.js';
import { openSysfs } from './sysfs.js';

/**
 * Opens the lines with the first driver that works on this machine; undefined if none does. The character device comes
 * first, because only it can ask for pull-ups at the buttons.
 */
export async function openLines(wiring: Wiring): Promise<Lines | undefined> {
  return (await openCharacterDevice(wiring)) ?? (await openSysfs(wiring));
}
