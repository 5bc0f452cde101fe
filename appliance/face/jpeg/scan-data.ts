import { Bits } from './bits.js';
import { blockReader } from './blocks.js';
import type { Frame } from './frame.js';
import type { Tables } from './huffman-table.js';
import { marker, nextMarker } from './markers.js';
import type { Scan } from './scan-header.js';

/** Data is missing; or it cannot be told. */
export type NotWhole = 'short' | 'unclear';

/**
 * Reads a scan's data to its end, restart interval by restart interval. Bytes that are left before a marker are skipped.
 *
 * @param restartInterval in units; 0 for none
 * @returns an offset behind the last byte that was needed, and not behind the next marker; `short` if data of some block is missing, `unclear` if its codes
 *   make no sense
 */
export function endOfScan(
  bytes: Uint8Array,
  start: number,
  frame: Frame,
  scan: Scan,
  tables: Tables,
  restartInterval: number,
): number | NotWhole {
  const alone = scan.parts.length === 1;
  const units = alone ? scan.parts[0].component.blocks : frame.unitsWide * frame.unitsHigh;
  const readers = scan.parts.map((part) => ({
    blocks: alone ? 1 : part.component.blocksInUnit,
    read: blockReader(frame, scan, part, tables),
  }));
  let bits = new Bits(bytes, start);
  for (let unit = 0; unit < units; unit++) {
    if (restartInterval > 0 && unit > 0 && unit % restartInterval === 0) {
      const found = nextMarker(bytes, bits.at);
      const expected = marker.restart + ((unit / restartInterval - 1) % 8);
      if (found < 0 || bytes[found] !== expected) return 'short';
      bits = new Bits(bytes, found + 1);
      for (const { read } of readers) read.restart();
    }
    for (const { blocks, read } of readers) {
      for (let i = 0; i < blocks; i++) {
        const makesSense = read.block(bits);
        if (bits.exhausted) return 'short';
        if (!makesSense) return 'unclear';
      }
    }
  }
  return bits.at;
}
