/** A scanned page: interleaved 8-bit samples, from the top left corner. */
export type Page = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  /** 1 for grey, 3 for RGB. */
  readonly channels: 1 | 3;
  /** Dots per inch. */
  readonly resolution: number;
};

/** In bytes. An A4 page in colour at 600 dpi has 104 million. */
export const largestPage = 150_000_000;
