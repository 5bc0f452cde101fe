import type { RgbImage } from '../../appliance/face/image.js';

/** A printed portrait, before it is laid on the scanner's glass. */
export type Print = {
  readonly image: RgbImage;
  /** In dots per millimetre. */
  readonly dots: number;
  /** The light that bare paper reflects, 0 to 255 for each channel. */
  readonly paper: readonly number[];
  /** Printed in black ink only and scanned without colours. */
  readonly grey: boolean;
};
