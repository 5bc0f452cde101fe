import { closeSync, openSync, readSync } from 'node:fs';

import type { Part } from './search.js';

// elf(5): a core file of 64 bits, as QEMU's dump-guest-memory writes it.
const header = { length: 64, programHeaders: 32, entryLength: 54, entries: 56 } as const;
const entry = { type: 0, offset: 8, address: 24, length: 32 } as const;
const load = 1;

/** The parts of a dump that are memory, each with its physical address. */
export function partsOf(dump: string): Part[] {
  const file = openSync(dump, 'r');
  try {
    const head = bytesAt(file, 0, header.length);
    if (head.toString('latin1', 0, 4) !== '\x7fELF' || head[4] !== 2)
      throw new Error('QEMU wrote no ELF file of 64 bits');
    const first = Number(head.readBigUInt64LE(header.programHeaders));
    const length = head.readUInt16LE(header.entryLength);
    const table = bytesAt(file, first, length * head.readUInt16LE(header.entries));
    const entries = Array.from({ length: table.length / length }, (_, i) => table.subarray(i * length));
    const number = (from: Buffer, at: number) => Number(from.readBigUInt64LE(at));
    return entries
      .filter((each) => each.readUInt32LE(entry.type) === load)
      .map((each) => ({
        offset: number(each, entry.offset),
        length: number(each, entry.length),
        address: number(each, entry.address),
      }));
  } finally {
    closeSync(file);
  }
}

function bytesAt(file: number, at: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  if (readSync(file, bytes, 0, length, at) < length) throw new Error('the dump is cut off');
  return bytes;
}
