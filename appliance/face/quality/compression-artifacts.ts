import { boundsOf, middleOf, squareAbout } from '../box.js';
import { lumaOf, pixelOf } from '../colours.js';
import type { RgbImage } from '../image.js';
import type { FaceMesh } from '../mesh.js';
import { cut } from '../patch.js';
import { measured, type Measured, sigmoid } from './value.js';

/** JPEG codes blocks of this many pixels (ITU-T T.81). */
const block = 8;
/** Pixels of the face that are looked at each way, unscaled. */
const window = 192;

/**
 * How much the picture jumps where JPEG's blocks meet, as a ratio to how much it jumps within them, less 1: 0
 * where no blocks are to be seen. The standard has a net for this. This sees no blocks that were scaled since, and no
 * artifacts other than JPEG's; the sigmoid was set on the sample pictures of the package face-api, saved at 5 to 95.
 */
export async function compressionArtifacts(picture: RgbImage, { points }: FaceMesh): Promise<Measured> {
  const { image } = await cut(picture, squareAbout(middleOf(boundsOf(points)), window), window);
  const luma = (x: number, y: number) => lumaOf(pixelOf(image, { x, y }));
  const across = blockiness(image.width, image.height, luma);
  const down = blockiness(image.height, image.width, (along, beside) => luma(beside, along));
  const jumps = Math.max((across + down) / 2, 0);
  return measured(jumps, 100 * (1 - sigmoid(jumps, 0.5, 0.15)));
}

/** The jumps along one axis, at whichever of the eight places of the blocks' edges they are largest. */
function blockiness(length: number, lines: number, luma: (along: number, beside: number) => number): number {
  const jumps = Array.from({ length: block }, () => ({ sum: 0, count: 0 }));
  for (let along = 0; along + 1 < length; along++) {
    const phase = jumps[along % block];
    for (let line = 0; line < lines; line++) {
      phase.sum += Math.abs(luma(along + 1, line) - luma(along, line));
      phase.count++;
    }
  }
  if (jumps.some(({ count }) => count === 0)) return 0;
  const means = jumps.map(({ sum, count }) => sum / count).sort((one, other) => other - one);
  const within = means.slice(1).reduce((sum, mean) => sum + mean, 0) / (block - 1);
  // A twentieth of a level is less than any sensor's noise, and keeps a blank wall from being divided by nothing.
  return means[0] / (within + 0.05) - 1;
}
