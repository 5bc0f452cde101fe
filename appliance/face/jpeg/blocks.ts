import type { Bits } from './bits.js';
import type { Component, Frame } from './frame.js';
import { type HuffmanTable, noSymbol, takeSymbol, type Tables } from './huffman-table.js';
import type { Scan } from './scan-header.js';

/** Reads one block after another of a component in a scan; false if its codes make no sense. */
export type BlockReader = {
  block(bits: Bits): boolean;
  /** What a restart marker does. */
  restart(): void;
};

/** No zigzag run is longer: ITU-T T.81, F.1.2.2. */
const zeroRun = 15;

export function blockReader(
  frame: Frame,
  scan: Scan,
  part: Scan['parts'][number],
  { dc, ac }: Tables,
): BlockReader {
  const dcTable = dc[part.dc];
  const acTable = ac[part.ac];
  if (!frame.progressive) return always((bits) => readSequential(bits, dcTable, acTable));
  if (scan.first > 0) {
    if (!acTable) return always(() => false);
    return scan.high === 0
      ? new FirstCoefficients(scan, part.component, acTable)
      : new RefinedCoefficients(scan, part.component, acTable);
  }
  return scan.high === 0 ? always((bits) => readDc(bits, dcTable)) : always(readBit);
}

const always = (block: (bits: Bits) => boolean): BlockReader => ({ block, restart: () => undefined });

function readBit(bits: Bits): boolean {
  bits.take(1);
  return true;
}

/** A difference's length in bits, and its bits: ITU-T T.81, F.2.2.1. */
function readDc(bits: Bits, table: HuffmanTable | undefined): boolean {
  const length = table ? takeSymbol(bits, table) : noSymbol;
  if (length === noSymbol || length > 16) return false;
  bits.take(length);
  return true;
}

/** ITU-T T.81, F.2.2.2. */
function readSequential(bits: Bits, dc: HuffmanTable | undefined, ac: HuffmanTable | undefined): boolean {
  if (!ac || !readDc(bits, dc)) return false;
  for (let at = 1; at < 64; at++) {
    const symbol = takeSymbol(bits, ac);
    if (symbol === noSymbol) return false;
    const run = symbol >> 4;
    const length = symbol & 15;
    if (length === 0 && run !== zeroRun) return true;
    at += run;
    if (at > 63) return false;
    bits.take(length);
  }
  return true;
}

/** Which coefficients of a component's blocks are not zero, block by block. */
class Coefficients {
  protected readonly first: number;
  protected readonly last: number;
  protected readonly table: HuffmanTable;
  /** How many blocks, from this one on, have no more coefficients. */
  protected endOfBand = 0;
  readonly #nonzero: Uint32Array;
  #block = -1;

  constructor({ first, last }: Scan, { nonzero }: Component, table: HuffmanTable) {
    [this.first, this.last, this.table, this.#nonzero] = [first, last, table, nonzero];
  }

  restart(): void {
    this.endOfBand = 0;
  }

  protected nextBlock(): void {
    this.#block += 1;
  }

  protected isNonzero(at: number): boolean {
    return (this.#nonzero[2 * this.#block + (at >> 5)] & (1 << (at & 31))) !== 0;
  }

  protected setNonzero(at: number): void {
    this.#nonzero[2 * this.#block + (at >> 5)] |= 1 << (at & 31);
  }
}

/** The first scan of a band of coefficients: ITU-T T.81, G.1.2.2. */
class FirstCoefficients extends Coefficients implements BlockReader {
  block(bits: Bits): boolean {
    this.nextBlock();
    if (this.endOfBand > 0) {
      this.endOfBand -= 1;
      return true;
    }
    for (let at = this.first; at <= this.last; at++) {
      const symbol = takeSymbol(bits, this.table);
      if (symbol === noSymbol) return false;
      const run = symbol >> 4;
      const length = symbol & 15;
      if (length === 0 && run !== zeroRun) {
        this.endOfBand = (1 << run) + bits.take(run) - 1;
        return true;
      }
      at += run;
      if (at > this.last) return false;
      bits.take(length);
      if (length > 0) this.setNonzero(at);
    }
    return true;
  }
}

/** A later scan, of one more bit of each: ITU-T T.81, G.1.2.3. */
class RefinedCoefficients extends Coefficients implements BlockReader {
  block(bits: Bits): boolean {
    this.nextBlock();
    let at = this.first;
    while (this.endOfBand === 0 && at <= this.last) {
      const symbol = takeSymbol(bits, this.table);
      if (symbol === noSymbol || (symbol & 15) > 1) return false;
      const run = symbol >> 4;
      const isNew = (symbol & 15) === 1;
      if (!isNew && run !== zeroRun) {
        this.endOfBand = (1 << run) + bits.take(run);
        break;
      }
      // The new coefficient's sign comes before the bits of the coefficients that it passes.
      if (isNew) bits.take(1);
      at = this.#pass(bits, at, run);
      if (isNew && at > this.last) return false;
      if (isNew) this.setNonzero(at);
      at += 1;
    }
    if (this.endOfBand > 0) {
      this.#pass(bits, at, Infinity);
      this.endOfBand -= 1;
    }
    return true;
  }

  /** Passes so many coefficients that are zero, and takes a bit for each that is not; returns where the next zero is. */
  #pass(bits: Bits, from: number, zeros: number): number {
    let left = zeros;
    for (let at = from; at <= this.last; at++) {
      if (this.isNonzero(at)) bits.take(1);
      else if (left-- === 0) return at;
    }
    return this.last + 1;
  }
}
