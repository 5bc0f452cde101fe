import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * What the clocks with a battery say, in milliseconds since 1970: none on a Raspberry Pi 4, and on a Raspberry Pi 5
 * without its battery one that began at 1970. A chip that noticed its battery fail does not answer.
 *
 * @param folder the kernel's list of them (Documentation/ABI/testing/rtc-cdev, `since_epoch`)
 */
export async function batteryClocks(folder = '/sys/class/rtc'): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  const told = await Promise.all(names.map((name) => secondsOf(join(folder, name, 'since_epoch'))));
  return told.filter((seconds) => seconds !== undefined).map((seconds) => seconds * 1000);
}

async function secondsOf(file: string): Promise<number | undefined> {
  const said = await readFile(file, 'utf8').catch(() => '');
  return /^\d{1,12}\n?$/.test(said) ? Number(said) : undefined;
}
