import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Makes a folder that only its owner can enter, and its parents, so that they survive a power cut. */
export async function makeFolder(folder: string): Promise<void> {
  const topmost = await mkdir(folder, { recursive: true, mode: 0o700 });
  if (topmost === undefined) return;
  for (let made = folder; made.length >= topmost.length; made = dirname(made))
    await syncFolder(dirname(made));
}

/** What was created, renamed or removed in the folder before this has happened for good after it. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
