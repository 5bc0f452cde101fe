import { type FileHandle, open, readdir, unlink } from 'node:fs/promises';
import { dirname, join, parse } from 'node:path';

import { syncFolder } from './folder.js';

/**
 * Moves what a power cut tore off the end of `records.jsonl` to `records.torn-<n>` beside it. The piece is durable there
 * before the record file is truncated, so a second power cut can duplicate it but not lose it.
 *
 * @param length bytes of complete lines in the record file
 */
export async function moveTornAside(file: string, length: number): Promise<void> {
  const taken = await tornNumbers(file);
  const folder = dirname(file);
  const handle = await open(file, 'r+');
  try {
    await copyTail(handle, length, join(folder, `${tornPrefix(file)}${Math.max(0, ...taken) + 1}`));
    await syncFolder(folder);
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

/** In bytes. */
const chunkSize = 64 * 1024;

/** Copies the file from there on to a new one. Blocks of NUL become holes, so that they cannot fill the disk. */
async function copyTail(from: FileHandle, start: number, to: string): Promise<void> {
  const copy = await open(to, 'wx', 0o600);
  try {
    const chunk = Buffer.alloc(chunkSize);
    let length = 0;
    for (;;) {
      const { bytesRead } = await from.read(chunk, 0, chunkSize, start + length);
      if (bytesRead === 0) break;
      const read = chunk.subarray(0, bytesRead);
      if (read.some((byte) => byte !== 0)) await writeAt(copy, read, length);
      length += bytesRead;
    }
    await copy.truncate(length);
    await copy.sync();
  } catch (error) {
    await unlink(to);
    throw error;
  } finally {
    await copy.close();
  }
}

/** A write that the disk cuts short is no error yet; the next one is. */
async function writeAt(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
