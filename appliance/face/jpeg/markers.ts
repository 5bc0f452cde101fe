/** Marker codes, the byte after 0xff: ITU-T T.81, table B.1. */
export const marker = {
  temporary: 0x01,
  baseline: 0xc0,
  extendedSequential: 0xc1,
  progressive: 0xc2,
  huffmanTables: 0xc4,
  restart: 0xd0,
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  restartInterval: 0xdd,
} as const;

/** Other frames than the three above: lossless, hierarchical or with arithmetic coding. */
export const isOtherFrame = (code: number): boolean =>
  code >= 0xc3 && code <= 0xcf && code !== marker.huffmanTables && code !== 0xc8 && code !== 0xcc;

export const isRestart = (code: number): boolean => (code & 0xf8) === marker.restart;

/** The offset of the next marker's code at or after `at`, over anything that is none; -1 if there is no more. */
export function nextMarker(bytes: Uint8Array, at: number): number {
  for (let found = bytes.indexOf(0xff, at); found >= 0; found = bytes.indexOf(0xff, found)) {
    while (bytes[found] === 0xff) found += 1;
    if (found >= bytes.length) return -1;
    // 0xff 0x00 is a byte 0xff of the data.
    if (bytes[found] !== 0) return found;
  }
  return -1;
}
