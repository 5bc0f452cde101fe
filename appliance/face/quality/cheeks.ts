import { apply, enlargement, invert } from '../affine.js';
import { type Colour, pixelAt } from '../colours.js';
import type { Point } from '../image.js';
import type { FaceMesh } from '../mesh.js';
import type { Patch } from '../patch.js';
import { distanceBetween, betweenEyes, eyeDistance, eyeCentres, mouthCentre } from './landmarks.js';

/** The side of the standard's zones, in eye distances. */
const side = 0.3;

/**
 * The standard's two cheek zones, for uniform illumination and natural colour: squares that begin below the centre of
 * each eye, half way down to the mouth, and extend outward. They rotate with the head.
 *
 * @returns their pixels, first those of the left cheek in the picture
 */
export function cheeks(patch: Patch, mesh: FaceMesh): readonly [Colour[], Colour[]] {
  const [left, right] = eyeCentres(mesh);
  const length = eyeDistance(mesh);
  const across = { x: (right.x - left.x) / length, y: (right.y - left.y) / length };
  const down = distanceBetween(betweenEyes(mesh), mouthCentre(mesh)) / 2;
  const zone = (eye: Point, outward: number) => {
    const from = { x: eye.x - across.y * down, y: eye.y + across.x * down };
    return square(patch, from, { x: across.x * outward, y: across.y * outward }, side * length);
  };
  return [zone(left, -1), zone(right, 1)];
}

/** The pixels of a square that begins at one of its upper corners; `along` is the direction of its upper edge. */
function square({ image, toPicture }: Patch, from: Point, along: Point, length: number): Colour[] {
  const toImage = invert(toPicture);
  const down = along.x < 0 ? { x: along.y, y: -along.x } : { x: -along.y, y: along.x };
  const steps = Math.max(1, Math.round(length / enlargement(toPicture)));
  return Array.from({ length: steps * steps }, (_, i) => {
    const x = (((i % steps) + 0.5) / steps) * length;
    const y = ((Math.floor(i / steps) + 0.5) / steps) * length;
    const point = { x: from.x + along.x * x + down.x * y, y: from.y + along.y * x + down.y * y };
    return pixelAt(image, apply(toImage, point));
  });
}

/** The mean colour, rounded to whole levels. */
export function meanColour(colours: readonly Colour[]): Colour {
  const mean = (of: (colour: Colour) => number) =>
    Math.round(colours.reduce((sum, colour) => sum + of(colour), 0) / colours.length);
  return { red: mean(({ red }) => red), green: mean(({ green }) => green), blue: mean(({ blue }) => blue) };
}
