import { apply } from '../affine.js';
import { pixelAt } from '../colours.js';
import type { Point, RgbImage } from '../image.js';
import { type FaceMesh, rollOf } from '../mesh.js';
import { crop } from '../patch.js';
import { betweenEyes, eyeDistance } from './landmarks.js';
import { luminanceOf } from './luminance.js';
import { measured, type Measured, sigmoid } from './value.js';

/**
 * The standard's crop: its width in eye distances, and its pixels: 492 of 616 at 113 between the eyes, scaled to 295.
 */
const cropWidth = 4.35;
const cropPixels = 295;
/** An oval around head and hair of most people, in eye distances from the point between the eyes. */
const head = { below: 0.35, halfWidth: 1.4, halfHeight: 2.1 };
/** Shoulders may begin here, in eye distances below the eyes. */
const shoulders = 1.2;
/** With less background than this fraction of the crop it is not measured. */
const leastVisible = 0.02;

/**
 * The mean gradient magnitude (Scharr) of the luminance in the background, with the standard's sigmoid. The standard
 * segments the background with a net; here it is the area outside an oval around the head and above the shoulders, so
 * long hair and raised hands count as background.
 *
 * @returns undefined if the picture shows nothing but the head
 */
export async function backgroundUniformity(picture: RgbImage, mesh: FaceMesh): Promise<Measured | undefined> {
  const eyes = betweenEyes(mesh);
  const cropSide = cropWidth * eyeDistance(mesh);
  const box = { x: eyes.x - cropSide / 2, y: eyes.y - cropSide / 2, width: cropSide, height: cropSide };
  const { image, toPicture } = await crop(picture, box, cropPixels);
  const isBackground = backgroundOf(mesh);
  const gradients = innerPixels(image)
    .filter((point) => isBackground(apply(toPicture, { x: point.x + 0.5, y: point.y + 0.5 })))
    .map((point) => gradient(image, point));
  if (gradients.length < leastVisible * image.width * image.height) return undefined;
  const mean = gradients.reduce((sum, each) => sum + each, 0) / gradients.length;
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

/** All pixels with a neighbour on each side. */
function innerPixels({ width, height }: RgbImage): Point[] {
  const [columns, rows] = [Math.max(width - 2, 0), Math.max(height - 2, 0)];
  return Array.from({ length: columns * rows }, (_, i) => ({
    x: (i % columns) + 1,
    y: Math.floor(i / columns) + 1,
  }));
}

function gradient(image: RgbImage, { x, y }: Point): number {
  const at = (dx: number, dy: number) => luminanceOf(pixelAt(image, { x: x + dx, y: y + dy }));
  const across = 3 * (at(1, -1) - at(-1, -1)) + 10 * (at(1, 0) - at(-1, 0)) + 3 * (at(1, 1) - at(-1, 1));
  const down = 3 * (at(-1, 1) - at(-1, -1)) + 10 * (at(0, 1) - at(0, -1)) + 3 * (at(1, 1) - at(1, -1));
  return Math.hypot(across, down);
}
