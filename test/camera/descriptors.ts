/** USB descriptors as a camera of the video class sends them (USB 2.0, chapter 9; USB Video Class 1.5, chapter 3). */

const word = (value: number): [number, number] => [value & 0xff, value >> 8];

/** Interface descriptor: class and subclass lie at 5 and 6. */
export const interfaceOf = (kind: number, sub: number): number[] => [9, 0x04, 1, 0, 1, kind, sub, 0, 0];

/** Frame descriptor with one frame interval; its width lies at 5. */
export const frame = (subtype: number, width: number, height: number): number[] => [
  ...[30, 0x24, subtype, 1, 0],
  ...word(width),
  ...word(height),
  ...Array.from({ length: 21 }, () => 0x7f),
];

/** Still image frame descriptor: the number of sizes lies at 4, and after them come the compressions. */
export const stillImages = (sizes: readonly (readonly [number, number])[]): number[] => [
  ...[5 + 4 * sizes.length + 2, 0x24, 0x03, 0, sizes.length],
  ...sizes.flatMap(([width, height]) => [...word(width), ...word(height)]),
  ...[1, 0xff],
];

/** A camera that films in VGA and full HD and takes stills of five megapixels. */
export const fiveMegapixels = Uint8Array.from([
  ...[18, 0x01, 0x00, 0x02, 0xef, 0x02, 0x01, 64, 0x6d, 0x04, 0x25, 0x08, 0x12, 0x00, 1, 2, 3, 1],
  ...[9, 0x02, 0xff, 0x00, 2, 1, 0, 0x80, 250],
  ...interfaceOf(0x0e, 0x01),
  ...interfaceOf(0x0e, 0x02),
  ...frame(0x05, 640, 480),
  ...frame(0x07, 1920, 1080),
  ...stillImages([
    [640, 480],
    [2592, 1944],
  ]),
  ...interfaceOf(0x01, 0x02),
  ...frame(0x07, 9999, 9999),
]);
