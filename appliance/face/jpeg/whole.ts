import { err, ok, type Result } from '../../result.js';
import { type Frame, frameOf, unknown } from './frame.js';
import { huffmanTable, type Tables, typicalTables } from './huffman-table.js';
import { isOtherFrame, isRestart, marker, nextMarker } from './markers.js';
import { endOfScan, type NotWhole } from './scan-data.js';
import { type Scan, scanOf } from './scan-header.js';

/** libvips decodes no more. A scan may be a few bytes that stand for all blocks. */
const mostScans = 100;

/**
 * Reads every block's data of a JPEG (ITU-T T.81), without making pixels of it. It tells a picture that ends early from one
 * that a decoder merely warns of: bytes too many before a marker, no end marker, a header that is not quite right.
 *
 * @returns the picture, with an end marker if it had none; `short` if some block or scan is missing; `unclear` for codes
 *   that make no sense and for what is not read here: arithmetic coding, lossless and hierarchical pictures, samples of more
 *   than 8 bits
 */
export function wholeJpeg(bytes: Uint8Array): Result<Uint8Array, NotWhole> {
  const reading = new Reading(bytes);
  let end = 0;
  let at = 2;
  for (let next = segmentAt(bytes, at); next; next = segmentAt(bytes, at)) {
    const { code, segment } = next;
    at = next.end;
    if (code === marker.startOfScan) {
      const scanned = reading.scan(segment, at);
      if (typeof scanned === 'string') return err(scanned);
      at = end = scanned;
    } else if (!reading.takes(code, segment)) return err('unclear');
  }
  if (!reading.complete) return err('short');
  if (bytes[nextMarker(bytes, at)] === marker.endOfImage) return ok(bytes);
  return ok(Buffer.concat([bytes.subarray(0, end), Buffer.of(0xff, marker.endOfImage)]));
}

type Segment = { readonly code: number; readonly segment: Uint8Array; readonly end: number };

/** The next marker segment, without its length; undefined at the picture's end, or if the segment is cut. */
function segmentAt(bytes: Uint8Array, at: number): Segment | undefined {
  let found = nextMarker(bytes, at);
  while (found >= 0 && (isRestart(bytes[found]) || bytes[found] === marker.temporary))
    found = nextMarker(bytes, found + 1);
  const code = bytes[found];
  if (found < 0 || code === marker.endOfImage || code === marker.startOfImage) return undefined;
  if (found + 3 > bytes.length) return undefined;
  const end = found + 1 + ((bytes[found + 1] << 8) | bytes[found + 2]);
  return end < found + 3 || end > bytes.length
    ? undefined
    : { code, segment: bytes.subarray(found + 3, end), end };
}

/** What the segments so far have said. */
class Reading {
  readonly #bytes: Uint8Array;
  readonly #tables: Tables = typicalTables();
  #frame: Frame | undefined;
  #restartInterval = 0;
  #scans = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether all coefficients of all components are known to their last bit. */
  get complete(): boolean {
    return this.#frame?.components.every(({ known }) => known.every((bit) => bit === 0)) ?? false;
  }

  /** Takes a segment that is no scan; false if the picture cannot be read with it. */
  takes(code: number, segment: Uint8Array): boolean {
    switch (code) {
      case marker.huffmanTables:
        return this.#takeTables(segment);
      case marker.restartInterval:
        this.#restartInterval = segment.length < 2 ? 0 : (segment[0] << 8) | segment[1];
        return true;
      case marker.baseline:
      case marker.extendedSequential:
      case marker.progressive:
        if (this.#frame) return false;
        this.#frame = frameOf(segment, code === marker.progressive);
        return this.#frame !== undefined;
      default:
        return !isOtherFrame(code);
    }
  }

  /** Reads the scan whose data starts here; its end as from `endOfScan`. */
  scan(header: Uint8Array, start: number): number | NotWhole {
    const scan = this.#frame && scanOf(this.#frame, header);
    this.#scans += 1;
    if (!this.#frame || !scan || this.#scans > mostScans) return 'unclear';
    const end = endOfScan(this.#bytes, start, this.#frame, scan, this.#tables, this.#restartInterval);
    if (typeof end === 'number') noteKnown(scan);
    return end;
  }

  #takeTables(segment: Uint8Array): boolean {
    for (let at = 0; at < segment.length;) {
      const kind = segment[at] >> 4 === 0 ? 'dc' : 'ac';
      const counts = segment.subarray(at + 1, at + 17);
      const end = at + 17 + counts.reduce((sum, count) => sum + count, 0);
      if (end > segment.length) return false;
      this.#tables[kind][segment[at] & 15] = huffmanTable(counts, segment.subarray(at + 17, end));
      at = end;
    }
    return true;
  }
}

function noteKnown({ parts, first, last, low }: Scan): void {
  for (const { component } of parts) {
    for (let at = first; at <= last; at++)
      component.known[at] = Math.min(low, component.known[at] ?? unknown);
  }
}
