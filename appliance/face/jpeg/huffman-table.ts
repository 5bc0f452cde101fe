import type { Bits } from './bits.js';

/** A Huffman table (ITU-T T.81, annex C), as symbol and code length for any next 16 bits. */
export type HuffmanTable = Uint16Array;

/** No code begins with these bits. */
export const noSymbol = -1;

/**
 * @param counts how many codes have 1, 2 … 16 bits
 * @param symbols one for each code, in their order
 * @returns undefined if there are more codes of a length than bits allow
 */
export function huffmanTable(counts: Uint8Array, symbols: Uint8Array): HuffmanTable | undefined {
  const table = new Uint16Array(1 << 16);
  let at = 0;
  let next = 0;
  for (let length = 1; length <= 16; length++) {
    for (let i = 0; i < (counts[length - 1] ?? 0); i++, next++) {
      const end = at + (1 << (16 - length));
      if (end > table.length) return undefined;
      table.fill(((symbols[next] ?? 0) << 8) | length, at, end);
      at = end;
    }
  }
  return table;
}

/** The next symbol, or `noSymbol`. */
export function takeSymbol(bits: Bits, table: HuffmanTable): number {
  const entry = table[bits.peek16()] ?? 0;
  if (entry === 0) return noSymbol;
  bits.take(entry & 0xff);
  return entry >> 8;
}

/** By their number, 0 to 3. */
export type Tables = Record<'dc' | 'ac', (HuffmanTable | undefined)[]>;

const typical = (counts: string, symbols: string): HuffmanTable | undefined =>
  huffmanTable(Buffer.from(counts, 'hex'), Buffer.from(symbols, 'hex'));

const dcCounts = ['00010501010101010100000000000000', '00030101010101010101010000000000'] as const;
const dcSymbols = '000102030405060708090a0b';
const acCounts = ['0002010303020403050504040000017d', '00020102040403040705040400010277'] as const;
const acSymbols = [
  '01020300041105122131410613516107227114328191a1082342b1c11552d1f02433627282090a161718191a2526' +
    '2728292a3435363738393a434445464748494a535455565758595a636465666768696a737475767778797a838485' +
    '868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4d5d6' +
    'd7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa',
  '000102031104052131061241510761711322328108144291a1b1c109233352f0156272d10a162434e125f1171819' +
    '1a262728292a35363738393a434445464748494a535455565758595a636465666768696a737475767778797a8283' +
    '8485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5c6c7c8c9cad2d3d4' +
    'd5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa',
] as const;

const typicalOnes: Tables = {
  dc: [typical(dcCounts[0], dcSymbols), typical(dcCounts[1], dcSymbols)],
  ac: [typical(acCounts[0], acSymbols[0]), typical(acCounts[1], acSymbols[1])],
};

/** The typical tables (ITU-T T.81, K.3), which many cameras leave out of their frames. Others may take their places. */
export const typicalTables = (): Tables => ({ dc: [...typicalOnes.dc], ac: [...typicalOnes.ac] });
