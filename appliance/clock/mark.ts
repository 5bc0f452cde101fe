import { readFile, rename, writeFile } from 'node:fs/promises';

import * as z from 'zod';

/** That somebody set the clock. It counts for the boot in which it was made, and until the clock is set again. */
export const mark = z.strictObject({
  bootId: z.string().max(40),
  /** The wall clock minus the time since boot when it had been set, in milliseconds. */
  difference: z.number(),
  /** They said as well that the records before had a wrong time, so that this one may lie before theirs. */
  corrected: z.boolean(),
});
export type Mark = z.infer<typeof mark>;

/** The mark of this boot. What cannot be read as one is none: the time is then not trusted. */
export async function readMark(file: string, bootId: string): Promise<Mark | undefined> {
  const said = await readFile(file, 'utf8').catch(() => '');
  const read = mark.safeParse(parsed(said));
  return read.success && read.data.bootId === bootId ? read.data : undefined;
}

/** It need not survive a power cut, since that ends the boot; but nobody may read half of one. */
export async function writeMark(file: string, made: Mark): Promise<void> {
  const aside = `${file}.${process.pid}`;
  await writeFile(aside, JSON.stringify(made), { mode: 0o600 });
  await rename(aside, file);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
