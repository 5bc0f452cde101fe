import { open, readdir, unlink } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

import { syncFolder } from './folder.js';

/**
 * Moves a last line that a power cut tore to `records.torn-<n>` beside `records.jsonl`. The piece is durable there
 * before the record file is truncated, so a second power cut can duplicate it but not lose it.
 *
 * @param length bytes of complete lines in the record file
 */
export async function moveTornAside(file: string, torn: Uint8Array, length: number): Promise<void> {
  const taken = await tornNumbers(file);
  const folder = dirname(file);
  await writeNew(join(folder, `${tornPrefix(file)}${Math.max(0, ...taken) + 1}`), torn);
  await syncFolder(folder);
  const handle = await open(file, 'r+');
  try {
    await handle.truncate(length);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Counts the torn pieces beside the record file. They stay until a person removes them. */
export async function countTorn(file: string): Promise<number> {
  return (await tornNumbers(file)).length;
}

async function tornNumbers(file: string): Promise<number[]> {
  const prefix = tornPrefix(file);
  const names = await readdir(dirname(file));
  return names
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length))
    .filter((rest) => /^[1-9]\d{0,8}$/.test(rest))
    .map(Number);
}

function tornPrefix(file: string): string {
  return `${parse(file).name}.torn-`;
}

async function writeNew(file: string, content: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } catch (error) {
    await unlink(file);
    throw error;
  } finally {
    await handle.close();
  }
}
