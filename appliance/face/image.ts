/** A decoded picture: interleaved 8-bit sRGB without alpha, upright (EXIF orientation applied). */
export type RgbImage = {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
};

/** A point in pixels from the picture's top left corner. */
export type Point = { readonly x: number; readonly y: number };
