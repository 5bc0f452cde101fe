import type { Sharp } from 'sharp';

/** Weights of red, green and blue in luma (ITU-R BT.601). */
const luma = [0.299, 0.587, 0.114] as const;

const row = (
  gain: number,
  [red, green, blue]: readonly [number, number, number],
): [number, number, number] => [gain * red, gain * green, gain * blue];

/** A picture as it looks without its colours, or in a light that shifts them. */
export const appearances = {
  /** One channel, as a camera with Y8 or GREY gives. */
  'in grey': (picture) => picture.greyscale(),
  /** An infrared lamp lights skin and lips alike, about as red light does. */
  'by an infrared lamp': (picture) => {
    const red = row(1, [0.75, 0.2, 0.05]);
    return picture.recomb([red, red, red]);
  },
  'in sepia': (picture) => picture.recomb([row(1.07, luma), row(0.93, luma), row(0.72, luma)]),
  'in faint colours': (picture) => picture.modulate({ saturation: 0.15 }),
  /** The sRGB colour of a black body at 2700 K is (255, 169, 87) by Charity's table. */
  'under a warm lamp': (picture) => picture.linear([1, 169 / 255, 87 / 255], [0, 0, 0]),
  'under a green tube': (picture) => picture.linear([0.85, 1.1, 0.85], [0, 0, 0]),
  'in blue twilight': (picture) => picture.linear([0.7, 0.95, 1.3], [0, 0, 0]),
} as const satisfies Record<string, (picture: Sharp) => Sharp>;
