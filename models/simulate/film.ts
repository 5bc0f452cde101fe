import type { RgbImage } from '../../appliance/face/image.js';
import type { Print } from './print.js';

/** The light that a transparent film reflects at a place, in millimetres: 0 to 1 for each channel. */
export type Reflection = (x: number, y: number) => readonly [number, number, number];

/** Lays a transparent film over a print. What it reflects is added to the light of the print, up to white. */
export function withFilm(
  { image: { data, width, height }, dots, grey }: Print,
  reflection: Reflection,
): RgbImage {
  const seen = new Uint8Array(data.length);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      const [red, green, blue] = reflection(x / dots, y / dots);
      const reflected = grey ? Array<number>(3).fill((red + green + blue) / 3) : [red, green, blue];
      for (let channel = 0; channel < 3; channel++) {
        const level = data[at + channel];
        seen[at + channel] = Math.round(level + (255 - level) * reflected[channel]);
      }
    }
  }
  return { data: seen, width, height };
}

/** A band of light: 1 along its middle, a bell curve across. */
export type Band = {
  /** In millimetres from the print's left upper corner along `direction`, in radians. */
  readonly at: number;
  readonly direction: number;
  /** The standard deviation of the bell curve, in millimetres. */
  readonly width: number;
};

export function brightness({ at, direction, width }: Band, x: number, y: number): number {
  const away = (x * Math.cos(direction) + y * Math.sin(direction) - at) / width;
  return Math.exp(-(away ** 2) / 2);
}
