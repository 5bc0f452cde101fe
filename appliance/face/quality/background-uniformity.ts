import { apply } from '../affine.js';
import { pixelOf } from '../colours.js';
import type { Point, RgbImage } from '../image.js';
import { type FaceMesh, rollOf } from '../mesh.js';
import { cut } from '../patch.js';
import { betweenEyes, eyeDistance } from './landmarks.js';
import { luminanceOf } from './luminance.js';
import { measured, type Measured, sigmoid } from './value.js';

/** The standard's part of the picture, in eye distances, and its pixels: 492 of 616 at 113 between the eyes, as 295. */
const wide = 4.35;
const pixelsWide = 295;
/** An oval that holds head and hair of most people, in eye distances about the point between the eyes. */
const head = { below: 0.35, halfWidth: 1.4, halfHeight: 2.1 };
/** From here down there may be shoulders. */
const shoulders = 1.2;
/** With less of the background than this part of the picture nothing is said of it. */
const leastSeen = 0.02;

/**
 * How much goes on beside and above the head: the mean step of the luminance from pixel to pixel (Scharr's gradient),
 * as in the standard, with its sigmoid. The standard knows the background by a net; here it is what lies outside an oval
 * about the head and above the shoulders, so long hair and raised hands count as background.
 *
 * @returns undefined where the picture shows nothing but the head
 */
export async function backgroundUniformity(picture: RgbImage, mesh: FaceMesh): Promise<Measured | undefined> {
  const eyes = betweenEyes(mesh);
  const reach = wide * eyeDistance(mesh);
  const box = { x: eyes.x - reach / 2, y: eyes.y - reach / 2, width: reach, height: reach };
  const { image, toPicture } = await cut(picture, box, pixelsWide);
  const isBackground = backgroundOf(mesh);
  const steps = inner(image)
    .filter((point) => isBackground(apply(toPicture, { x: point.x + 0.5, y: point.y + 0.5 })))
    .map((point) => gradient(image, point));
  if (steps.length < leastSeen * image.width * image.height) return undefined;
  const mean = steps.reduce((sum, step) => sum + step, 0) / steps.length;
  return measured(mean, 190 * (1 - sigmoid(mean, 10, 100)));
}

function backgroundOf(mesh: FaceMesh): (point: Point) => boolean {
  const eyes = betweenEyes(mesh);
  const unit = eyeDistance(mesh);
  const [cos, sin] = [Math.cos(rollOf(mesh)), Math.sin(rollOf(mesh))];
  return ({ x, y }) => {
    const across = ((x - eyes.x) * cos + (y - eyes.y) * sin) / unit;
    const down = ((y - eyes.y) * cos - (x - eyes.x) * sin) / unit;
    const outside = Math.hypot(across / head.halfWidth, (down - head.below) / head.halfHeight) > 1;
    return outside && down < shoulders;
  };
}

/** Every pixel that has a neighbour on each side. */
function inner({ width, height }: RgbImage): Point[] {
  const [columns, rows] = [Math.max(width - 2, 0), Math.max(height - 2, 0)];
  return Array.from({ length: columns * rows }, (_, i) => ({
    x: (i % columns) + 1,
    y: Math.floor(i / columns) + 1,
  }));
}

function gradient(image: RgbImage, { x, y }: Point): number {
  const at = (dx: number, dy: number) => luminanceOf(pixelOf(image, { x: x + dx, y: y + dy }));
  const across = 3 * (at(1, -1) - at(-1, -1)) + 10 * (at(1, 0) - at(-1, 0)) + 3 * (at(1, 1) - at(-1, 1));
  const down = 3 * (at(-1, 1) - at(-1, -1)) + 10 * (at(0, 1) - at(0, -1)) + 3 * (at(1, 1) - at(1, -1));
  return Math.hypot(across, down);
}
