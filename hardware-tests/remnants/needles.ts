import { randomFillSync } from 'node:crypto';

import type { Stage, StageName } from './stage.js';

/** In bytes: a run of a stage that is at least this long counts as a remnant. */
export const runLength = 16;

/** In bytes. Every run of 16 bytes in memory holds one whole word of 8 at an address that 8 divides. */
export const wordLength = 8;

/** Runs with fewer different bytes occur by themselves: blank paper, black borders, repeated numbers. */
const fewestDifferent = 9;
const fewestDifferentInWord = 5;

/** How often a word is kept that occurs with different bytes around it. */
const mostAlike = 8;

/** What is searched for: each word of 8 bytes of every stage, at every offset, by its hash. */
export class Needles {
  /** Stages one after the other, with random bytes between them, so that no run reaches beyond one. */
  readonly bytes: Uint8Array;
  readonly #ends: { readonly end: number; readonly name: StageName }[] = [];
  /** The offset of a word in `bytes`, plus one, at its hash or the next free place behind it. */
  readonly #table: Uint32Array;
  readonly #mask: number;
  /** One bit for each hash that occurs; small enough to be read fast. */
  readonly #filter: Uint32Array;
  readonly #filterMask: number;
  readonly #words: DataView;
  /** How many words are searched for. */
  readonly count: number;

  /** @param stages where two have the same bytes, the first gives them its name */
  constructor(stages: readonly Stage[]) {
    const total = stages.reduce((sum, { bytes }) => sum + bytes.length + runLength, runLength);
    this.bytes = randomFillSync(new Uint8Array(total));
    this.#words = new DataView(this.bytes.buffer);
    const size = 2 ** Math.ceil(Math.log2(Math.max(1024, 1.3 * total)));
    this.#table = new Uint32Array(size);
    this.#mask = size - 1;
    this.#filter = new Uint32Array(Math.max(32, size / 4));
    this.#filterMask = this.#filter.length * 32 - 1;
    let [at, count] = [runLength, 0];
    for (const { name, bytes } of stages) {
      this.bytes.set(bytes, at);
      count += this.#index(at, at + bytes.length);
      at += bytes.length + runLength;
      this.#ends.push({ end: at, name });
    }
    this.count = count;
  }

  /** Whether a word may be among the needles: always true for one that is, rarely for another. */
  mayHave(low: number, high: number): boolean {
    const hash = hashOf(low, high) & this.#filterMask;
    return (this.#filter[hash >>> 5] & (1 << (hash & 31))) !== 0;
  }

  /**
   * The stage that memory holds a run of around a word.
   *
   * @param memory with whatever is before and behind the word
   * @param at the word's offset in it
   * @returns undefined where the run is shorter than 16 bytes, or too uniform to tell anything
   */
  stageAt(memory: Uint8Array, at: number, low: number, high: number): StageName | undefined {
    for (
      let place = hashOf(low, high) & this.#mask;
      this.#table[place] !== 0;
      place = (place + 1) & this.#mask
    ) {
      const offset = this.#table[place] - 1;
      if (this.#isWord(offset, low, high) && this.#isRun(memory, at, offset)) return this.#nameAt(offset);
    }
    return undefined;
  }

  #index(from: number, to: number): number {
    let added = 0;
    for (let offset = from; offset + wordLength <= to; offset++) {
      if (!isVaried(this.bytes, offset, wordLength, fewestDifferentInWord)) continue;
      added += this.#add(offset) ? 1 : 0;
    }
    return added;
  }

  #add(offset: number): boolean {
    const [low, high] = [this.#words.getUint32(offset, true), this.#words.getUint32(offset + 4, true)];
    const hash = hashOf(low, high);
    let place = hash & this.#mask;
    for (let alike = 0; this.#table[place] !== 0; place = (place + 1) & this.#mask) {
      const known = this.#table[place] - 1;
      if (!this.#isWord(known, low, high)) continue;
      if (this.#hasSameNeighbours(known, offset) || ++alike === mostAlike) return false;
    }
    this.#table[place] = offset + 1;
    const bit = hash & this.#filterMask;
    this.#filter[bit >>> 5] |= 1 << (bit & 31);
    return true;
  }

  #isWord(offset: number, low: number, high: number): boolean {
    return this.#words.getUint32(offset, true) === low && this.#words.getUint32(offset + 4, true) === high;
  }

  #hasSameNeighbours(one: number, other: number): boolean {
    for (let by = 1; by <= wordLength; by++) {
      const behind = wordLength - 1 + by;
      if (this.bytes[one - by] !== this.bytes[other - by]) return false;
      if (this.bytes[one + behind] !== this.bytes[other + behind]) return false;
    }
    return true;
  }

  #isRun(memory: Uint8Array, at: number, offset: number): boolean {
    let before = 0;
    while (before < wordLength && memory[at - before - 1] === this.bytes[offset - before - 1]) before++;
    let behind = wordLength;
    while (behind < runLength && memory[at + behind] === this.bytes[offset + behind]) behind++;
    if (before + behind < runLength) return false;
    return isVaried(memory, at - before, before + behind, fewestDifferent);
  }

  #nameAt(offset: number): StageName {
    return this.#ends.find(({ end }) => offset < end)!.name;
  }
}

/** Two multiplications by odd numbers and a mixing of the high bits into the low ones, as in MurmurHash3's finaliser. */
function hashOf(low: number, high: number): number {
  let hash = Math.imul(low ^ (low >>> 15), 0x2c1b3c6d) ^ Math.imul(high ^ (high >>> 13), 0x297a2d39);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return (hash ^ (hash >>> 13)) >>> 0;
}

const seen = new Uint32Array(256);
let round = 0;

/** Whether a run has so many different bytes. */
function isVaried(bytes: Uint8Array, from: number, length: number, different: number): boolean {
  round++;
  let count = 0;
  for (let at = from; at < from + length; at++) {
    if (seen[bytes[at]] === round) continue;
    seen[bytes[at]] = round;
    if (++count === different) return true;
  }
  return false;
}
