import { readFile, rename, writeFile } from 'node:fs/promises';

import * as z from 'zod';

/** The mark that somebody set the clock. Valid in its boot, until the clock is set again. */
const mark = z.strictObject({
  bootId: z.string().max(40),
  /** Wall clock minus time since boot, right after setting, in milliseconds. */
  difference: z.number(),
  /** The clerk said that earlier records had a wrong time, so the clock may be before them. */
  corrected: z.boolean(),
});
export type Mark = z.infer<typeof mark>;

/** The mark of this boot. Without a readable one the time is not trusted. */
export async function readMark(file: string, bootId: string): Promise<Mark | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const read = mark.safeParse(parsed(text));
  return read.success && read.data.bootId === bootId ? read.data : undefined;
}

/** Writes atomically, without a sync: a power cut ends the boot and with it the mark. */
export async function writeMark(file: string, made: Mark): Promise<void> {
  const temporary = `${file}.${process.pid}`;
  await writeFile(temporary, JSON.stringify(made), { mode: 0o600 });
  await rename(temporary, file);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
