/** Options of a JPEG of grey blocks. */
type Writing = {
  /** In blocks; 0 for none. */
  readonly restartInterval: number;
  /** Number of extra bytes before a restart marker, by its number from 0. */
  readonly stray?: ((restart: number) => readonly number[]) | undefined;
};

const word = (value: number): number[] => [value >> 8, value & 0xff];
const segment = (code: number, body: readonly number[]): number[] => [
  0xff,
  code,
  ...word(body.length + 2),
  ...body,
];

/** Codes of four bits for differences of 0 to 8 bits, and one of one bit for a block's end. */
const tables = [
  [0x00, 0, 0, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8],
  [0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
];

/** A baseline JPEG (ITU-T T.81, annex F): a column of blocks of 8 × 8 pixels, each of one grey value from 0 to 255. */
export function greyBlocks(values: readonly number[], { restartInterval, stray }: Writing): Buffer {
  const bytes = [
    [0xff, 0xd8],
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc0, [8, ...word(8 * values.length), ...word(8), 1, 1, 0x11, 0]),
    ...tables.map((table) => segment(0xc4, table)),
    restartInterval > 0 ? segment(0xdd, word(restartInterval)) : [],
    segment(0xda, [1, 1, 0x00, 0, 63, 0]),
    scanOf(values, { restartInterval, stray }),
    [0xff, 0xd9],
  ];
  return Buffer.from(bytes.flat());
}

function scanOf(values: readonly number[], { restartInterval, stray }: Writing): number[] {
  const bytes: number[] = [];
  let bits = '';
  let last = 128;
  const flush = (): void => {
    bits = bits.padEnd(8 * Math.ceil(bits.length / 8), '1');
    for (const byte of bits.match(/.{8}/g) ?? []) bytes.push(...stuffed(Number.parseInt(byte, 2)));
    bits = '';
  };
  values.forEach((value, i) => {
    if (restartInterval > 0 && i > 0 && i % restartInterval === 0) {
      flush();
      const restart = i / restartInterval - 1;
      bytes.push(...(stray?.(restart) ?? []), 0xff, 0xd0 + (restart % 8));
      last = 128;
    }
    // A step of 1 in the mean of 64 pixels is 8 in the coefficient, which is divided by 8.
    bits += `${difference(value - last)}0`;
    last = value;
  });
  flush();
  return bytes;
}

const stuffed = (byte: number): number[] => (byte === 0xff ? [0xff, 0] : [byte]);

/** A difference: its length as a code of four bits, then its bits, minus one if negative (T.81, F.1.2.1). */
function difference(step: number): string {
  const size = step === 0 ? 0 : Math.floor(Math.log2(Math.abs(step))) + 1;
  const code = size.toString(2).padStart(4, '0');
  const low = step < 0 ? step + 2 ** size - 1 : step;
  return size === 0 ? code : code + low.toString(2).padStart(size, '0');
}
