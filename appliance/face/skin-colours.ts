import type { Colour } from './colours.js';
import { colourSpread } from './light.js';
import { naturalColour } from './quality/natural-colour.js';

/** Faces in colour have 0.055 or more; those whose saturation was cut to three tenths 0.04 at the median. */
const leastSpread = 0.05;
/** In CIELAB. Cheeks in ordinary rooms are up to 2 from skin tones; under a lamp that turns them orange 20 at the median. */
const mostUnnatural = 5;

/**
 * Whether a face shows the colours of skin, as in the pictures that the nets learnt from: not in a picture without
 * colours or with faint ones, nor in a strong cast. Set on the people in `setting` of `models/gate/people.ts`.
 *
 * @param face the colours at the points of the mesh
 * @param cheeks the pixels of both cheeks
 */
export function hasSkinColours(
  face: readonly Colour[],
  cheeks: readonly [readonly Colour[], readonly Colour[]],
): boolean {
  return colourSpread(face) >= leastSpread && naturalColour(cheeks).native <= mostUnnatural;
}
