import type { RgbImage } from '../../appliance/face/image.js';
import type { Random } from '../random.js';
import type { Print } from './print.js';

/** The fractions of red, green and blue light that two pale inks let through; assumed, so that the portrait stays legible. */
const inks = [
  [0.75, 0.9, 0.88],
  [0.93, 0.78, 0.86],
] as const;
/** In black ink only, both print alike. */
const greyInk = [0.84, 0.84, 0.84] as const;

/** In millimetres; assumed, from what a magnifying glass shows of cards. */
const lineWidth = { least: 0.06, most: 0.12 };
const spacing = { least: 0.5, most: 0.9 };
const wave = { height: { least: 0.8, most: 2 }, length: { least: 5, most: 11 } };

/** Parallel waves: the phase rises by 1 from line to line. */
type Waves = {
  readonly spacing: number;
  readonly width: number;
  readonly height: number;
  readonly length: number;
  readonly shift: number;
  /** The direction across the lines, in radians. */
  readonly direction: number;
  readonly ink: readonly number[];
};

/** Prints two families of fine wavy lines that cross, over the portrait and the paper around it. */
export function withGuilloche({ image, dots, grey }: Print, random: Random): RgbImage {
  const families = inks.map((ink, i) => wavesOf(grey ? greyInk : ink, (i + 0.5) * (Math.PI / 2), random));
  const { width, height } = image;
  const data = Uint8Array.from(image.data);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 3) {
      for (const family of families) {
        const inked = inkedAt(family, x / dots, y / dots, dots);
        for (let channel = 0; channel < 3; channel++)
          data[at + channel] *= 1 - inked * (1 - family.ink[channel]);
      }
    }
  }
  return { data, width, height };
}

function wavesOf(ink: readonly number[], direction: number, { between }: Random): Waves {
  return {
    spacing: between(spacing.least, spacing.most),
    width: between(lineWidth.least, lineWidth.most),
    height: between(wave.height.least, wave.height.most),
    length: between(wave.length.least, wave.length.most),
    shift: between(0, 1),
    direction: direction + between(-0.3, 0.3),
    ink,
  };
}

/** The inked fraction of a dot at this place, in millimetres. */
function inkedAt(
  { spacing, width, height, length, shift, direction }: Waves,
  x: number,
  y: number,
  dots: number,
) {
  const [cos, sin] = [Math.cos(direction), Math.sin(direction)];
  const along = (y * cos - x * sin) / length;
  const across = x * cos + y * sin + height * Math.sin(2 * Math.PI * (along + shift));
  const fromLine = Math.abs(across / spacing - Math.round(across / spacing)) * spacing;
  return Math.min(1, Math.max(0, (width / 2 - fromLine) * dots + 0.5));
}
