import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';

import { type Needles, runLength, wordLength } from './needles.js';
import type { StageName } from './stage.js';

/** A part of a file that was the machine's memory, or a whole file. */
export type Part = {
  /** In bytes, in the file. */
  readonly offset: number;
  readonly length: number;
  /** What the first byte's address was. */
  readonly address: number;
};

export const wholeFile = (file: string): Part => ({ offset: 0, length: statSync(file).size, address: 0 });

/** What was found of one stage. */
export type Found = {
  /** Words of 8 bytes in runs of at least 16. */
  readonly words: number;
  /** The addresses of the first pages that hold any. */
  readonly pages: readonly number[];
};

export type SearchResult = {
  readonly found: Readonly<Partial<Record<StageName, Found>>>;
  /** In bytes. */
  readonly searched: number;
  readonly milliseconds: number;
};

/** In bytes. */
const pageLength = 4096;

/** How many pages are named of each stage. */
const pagesNamed = 64;

/**
 * Searches parts of a file for runs of at least 16 bytes of any stage, wherever they begin.
 *
 * @param chunkLength in bytes, a multiple of 8: how much is read at a time
 * @throws where the file ends before a part does
 */
export async function searchFile(
  needles: Needles,
  file: string,
  parts: readonly Part[],
  chunkLength = 32 * 1024 * 1024,
): Promise<SearchResult> {
  const begun = performance.now();
  const descriptor = openSync(file, 'r');
  const tally = new Tally();
  // With a margin on both sides, for runs across the borders of chunks.
  const longest = Math.max(...parts.map(({ length }) => length));
  const buffer = new Uint8Array(
    Math.min(chunkLength, wordLength * Math.ceil(longest / wordLength)) + 2 * runLength,
  );
  try {
    for (const part of parts)
      for (let from = 0; from < part.length; from += chunkLength) {
        fill(buffer, descriptor, part, from - runLength);
        const length = Math.min(chunkLength, part.length - from);
        searchWords(needles, buffer, length, (stage, at) => tally.add(stage, part.address + from + at));
        // The emulated devices are served by the same process.
        await setImmediate();
      }
  } finally {
    closeSync(descriptor);
  }
  const searched = parts.reduce((sum, { length }) => sum + length, 0);
  return { found: tally.found, searched, milliseconds: performance.now() - begun };
}

/** Reads a part's bytes from an offset on, which may be before its beginning; zeroes stand for what is beyond the part. */
function fill(buffer: Uint8Array, descriptor: number, part: Part, from: number): void {
  const first = Math.max(0, from);
  const last = Math.min(part.length, from + buffer.length);
  buffer.fill(0, 0, first - from);
  let at = first;
  while (at < last) {
    const read = readSync(descriptor, buffer, at - from, last - at, part.offset + at);
    if (read === 0) throw new Error('the dump is shorter than its own header says');
    at += read;
  }
  buffer.fill(0, last - from);
}

/** Calls for each aligned word behind the first margin that is in a run of a stage. */
function searchWords(
  needles: Needles,
  buffer: Uint8Array,
  length: number,
  hit: (stage: StageName, at: number) => void,
): void {
  const words = new Uint32Array(buffer.buffer, buffer.byteOffset, Math.floor(buffer.length / 4));
  const first = runLength / 4;
  const end = first + Math.ceil(length / wordLength) * 2;
  for (let word = first; word < end; word += 2) {
    const [low, high] = [words[word], words[word + 1]];
    // Most of a memory whose free pages are zeroed is zero.
    if ((low | high) === 0 || !needles.mayHave(low, high)) continue;
    const stage = needles.stageAt(buffer, word * 4, low, high);
    if (stage) hit(stage, word * 4 - runLength);
  }
}

class Tally {
  readonly #words = new Map<StageName, number>();
  readonly #pages = new Map<StageName, Set<number>>();

  add(stage: StageName, address: number): void {
    this.#words.set(stage, (this.#words.get(stage) ?? 0) + 1);
    const pages = this.#pages.get(stage) ?? new Set();
    this.#pages.set(stage, pages);
    if (pages.size < pagesNamed) pages.add(address - (address % pageLength));
  }

  get found(): Partial<Record<StageName, Found>> {
    return Object.fromEntries(
      [...this.#words].map(([stage, words]) => [stage, { words, pages: [...this.#pages.get(stage)!] }]),
    );
  }
}
