import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs';

import sharp from 'sharp';

/** In bytes, of a run of pixels that is searched for. */
const runLength = 48;

/** Runs of a picture's RGB pixels that occur once in it, so that none is found by chance. */
export async function runsOf(picture: string, count: number): Promise<Buffer[]> {
  const pixels = await sharp(picture).removeAlpha().toColourspace('srgb').raw().toBuffer();
  const runs: Buffer[] = [];
  for (let at = 0; at + runLength < pixels.length; at += 997) {
    const run = pixels.subarray(at, at + runLength);
    // Paper and walls have few colours; a face has many.
    if (new Set(run).size > 20 && pixels.indexOf(run) === at && pixels.indexOf(run, at + 1) < 0)
      runs.push(run);
  }
  return runs.filter((_, i) => i % Math.max(1, Math.floor(runs.length / count)) === 0).slice(0, count);
}

/** How many of these runs lie in a process's writable memory; none in that of one that has ended. */
export function runsIn(pid: number, runs: readonly Buffer[]): number {
  try {
    return search(pid, runs);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
}

function search(pid: number, runs: readonly Buffer[]): number {
  const found = new Set<number>();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  try {
    for (const [start, end] of writableRegions(pid)) {
      const bytes = readRegion(memory, start, end);
      runs.forEach((run, i) => {
        if (!found.has(i) && bytes.includes(run)) found.add(i);
      });
    }
  } finally {
    closeSync(memory);
  }
  return found.size;
}

/** A process and all that it started. */
export function familyOf(pid: number): number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const [, parent] = readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ');
        return [[Number(name), Number(parent)] as const];
      } catch {
        return [];
      }
    });
  const family = [pid];
  for (const member of family)
    family.push(...parents.filter(([, parent]) => parent === member).map(([child]) => child));
  return family;
}

function writableRegions(pid: number): [number, number][] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .flatMap((line) => {
      const found = /^([0-9a-f]+)-([0-9a-f]+) rw/.exec(line);
      return found ? [[parseInt(found[1], 16), parseInt(found[2], 16)] as [number, number]] : [];
    });
}

/** What can be read of a region; a part of it may be gone by now. */
function readRegion(memory: number, start: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - start);
  try {
    return bytes.subarray(0, readSync(memory, bytes, 0, bytes.length, start));
  } catch {
    return bytes.subarray(0, 0);
  }
}
