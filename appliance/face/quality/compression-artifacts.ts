import { boundsOf, centreOf, squareAround } from '../box.js';
import { lumaOf, pixelAt } from '../colours.js';
import type { RgbImage } from '../image.js';
import type { FaceMesh } from '../mesh.js';
import { crop } from '../patch.js';
import { measured, type Measured, sigmoid } from './value.js';

/** The side of JPEG's blocks, in pixels (ITU-T T.81). */
const block = 8;
/** In pixels: the side of the evaluated part of the face, not scaled. */
const window = 192;

/**
 * The ratio of the luma steps at JPEG's block borders to those within blocks, minus 1: 0 where no blocks are visible.
 * The standard uses a net. This measure misses blocks that were scaled since, and any artifacts but JPEG's. The
 * sigmoid was set on the sample pictures of the package face-api, saved at qualities of 5 to 95.
 */
export async function compressionArtifacts(picture: RgbImage, { points }: FaceMesh): Promise<Measured> {
  const { image } = await crop(picture, squareAround(centreOf(boundsOf(points)), window), window);
  const luma = (x: number, y: number) => lumaOf(pixelAt(image, { x, y }));
  const across = blockiness(image.width, image.height, luma);
  const down = blockiness(image.height, image.width, (along, beside) => luma(beside, along));
  const steps = Math.max((across + down) / 2, 0);
  return measured(steps, 100 * (1 - sigmoid(steps, 0.5, 0.15)));
}

/** The blockiness along one axis, at the block offset where it is largest. */
function blockiness(length: number, lines: number, luma: (along: number, beside: number) => number): number {
  const steps = Array.from({ length: block }, () => ({ sum: 0, count: 0 }));
  for (let along = 0; along + 1 < length; along++) {
    const offset = steps[along % block];
    for (let line = 0; line < lines; line++) {
      offset.sum += Math.abs(luma(along + 1, line) - luma(along, line));
      offset.count++;
    }
  }
  if (steps.some(({ count }) => count === 0)) return 0;
  const means = steps.map(({ sum, count }) => sum / count).sort((one, other) => other - one);
  const within = means.slice(1).reduce((sum, mean) => sum + mean, 0) / (block - 1);
  // The offset, less than any sensor's noise, avoids a division by zero on a blank wall.
  return means[0] / (within + 0.05) - 1;
}
