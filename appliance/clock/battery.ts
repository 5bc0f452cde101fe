import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Reads the battery-backed clocks, in milliseconds since 1970. A Raspberry Pi 4 has none; a Raspberry Pi 5 without its
 * battery has one that started at 1970. A chip that detected a failed battery returns an error and is left out.
 *
 * @param folder the kernel's list of clocks (Documentation/ABI/testing/rtc-cdev, `since_epoch`)
 */
export async function batteryClocks(folder = '/sys/class/rtc'): Promise<number[]> {
  const names = await readdir(folder).catch(() => []);
  const times = await Promise.all(names.map((name) => secondsOf(join(folder, name, 'since_epoch'))));
  return times.filter((seconds) => seconds !== undefined).map((seconds) => seconds * 1000);
}

async function secondsOf(file: string): Promise<number | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  return /^\d{1,12}\n?$/.test(text) ? Number(text) : undefined;
}
