/** A decoded picture: interleaved 8-bit sRGB, no alpha, upright (EXIF turn applied). */
export type RgbImage = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
};

/** A point in pixels, the origin at the picture's top left corner. */
export type Point = { readonly x: number; readonly y: number };
