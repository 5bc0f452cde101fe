import type { RgbImage } from '../../appliance/face/image.js';
import type { Random } from '../random.js';
import { withGhost } from './ghost.js';
import { withGuilloche } from './guilloche.js';
import { withHologram } from './hologram.js';
import { withLaminate } from './laminate.js';
import type { Print } from './print.js';

type Feature = (print: Print, random: Random) => RgbImage | Promise<RgbImage>;

/**
 * What a card has besides its portrait. ICAO Doc 9303, part 3, volume 1, section III, 5.3.2 asks for a diffractive feature, in the
 * laminate where there is one, that leaves the data legible. How wide, dense and bright everything is, is assumed: each file
 * says what.
 */
const features = {
  guilloche: [withGuilloche],
  ghost: [withGhost],
  hologram: [withHologram],
  laminate: [withLaminate],
  /** All of them, in the order in which a card is made. */
  card: [withGuilloche, withGhost, withHologram, withLaminate],
} as const satisfies Record<string, readonly Feature[]>;
export type CardKind = keyof typeof features;
export const cardKinds = Object.keys(features) as readonly CardKind[];

/** The print with the features of a kind of card. */
export async function asCard(kind: CardKind, print: Print, random: Random): Promise<Print> {
  let made = print;
  for (const feature of features[kind]) made = { ...made, image: await feature(made, random) };
  return made;
}
