import { apply, enlargement, invert } from '../affine.js';
import { type Colour, pixelOf } from '../colours.js';
import type { Point } from '../image.js';
import type { FaceMesh } from '../mesh.js';
import type { Patch } from '../patch.js';
import { apart, betweenEyes, eyeDistance, eyeMiddles, mouthMiddle } from './landmarks.js';

/** The standard's zones: their side in eye distances. */
const side = 0.3;

/**
 * The standard's two zones of cheek, which it compares for light and reads the natural colour from: squares half way
 * down from eyes to mouth that begin below the middle of each eye and reach outward. They turn with the head.
 *
 * @returns their pixels, those of the cheek that lies left in the picture first
 */
export function cheeks(patch: Patch, mesh: FaceMesh): readonly [Colour[], Colour[]] {
  const [left, right] = eyeMiddles(mesh);
  const length = eyeDistance(mesh);
  const across = { x: (right.x - left.x) / length, y: (right.y - left.y) / length };
  const down = apart(betweenEyes(mesh), mouthMiddle(mesh)) / 2;
  const zone = (eye: Point, outward: number) => {
    const from = { x: eye.x - across.y * down, y: eye.y + across.x * down };
    return square(patch, from, { x: across.x * outward, y: across.y * outward }, side * length);
  };
  return [zone(left, -1), zone(right, 1)];
}

/** The pixels of a square from one of its upper corners on, `along` being its upper edge's direction. */
function square({ image, toPicture }: Patch, from: Point, along: Point, length: number): Colour[] {
  const toImage = invert(toPicture);
  const down = along.x < 0 ? { x: along.y, y: -along.x } : { x: -along.y, y: along.x };
  const steps = Math.max(1, Math.round(length / enlargement(toPicture)));
  return Array.from({ length: steps * steps }, (_, i) => {
    const x = (((i % steps) + 0.5) / steps) * length;
    const y = ((Math.floor(i / steps) + 0.5) / steps) * length;
    const point = { x: from.x + along.x * x + down.x * y, y: from.y + along.y * x + down.y * y };
    return pixelOf(image, apply(toImage, point));
  });
}

/** The mean colour, in whole levels. */
export function meanColour(colours: readonly Colour[]): Colour {
  const mean = (of: (colour: Colour) => number) =>
    Math.round(colours.reduce((sum, colour) => sum + of(colour), 0) / colours.length);
  return { red: mean(({ red }) => red), green: mean(({ green }) => green), blue: mean(({ blue }) => blue) };
}
