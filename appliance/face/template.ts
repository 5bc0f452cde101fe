import { type Affine, apply, chain, enlargement, fitSimilarity, invert } from './affine.js';
import { squareAbout } from './box.js';
import { withoutColour } from './grey.js';
import type { Point, RgbImage } from './image.js';
import type { Recogniser } from './manifest.js';
import type { FaceMesh } from './mesh.js';
import { Tensor } from './onnxruntime.js';
import { cut } from './patch.js';
import { sample } from './sample.js';
import type { FaceModels } from './sessions.js';

/** What the recogniser makes of a face: as many numbers as its net gives, near for pictures of one person. */
export type Template = Float32Array;

/**
 * Makes a face's template: the mean of those of the aligned face and of its mirror image, where the manifest
 * says so.
 *
 * @param colour whether the net sees the colours; where one of two portraits has none, neither should have any
 */
export async function makeTemplate(
  models: FaceModels,
  picture: RgbImage,
  { points }: FaceMesh,
  { colour }: { readonly colour: boolean },
): Promise<Template> {
  const { alignment } = models.recogniser.about;
  const toPicture = chipToPicture(alignment, points);
  if (colour) return templateAt(models, picture, toPicture);
  const grey = await greyWindow(picture, toPicture, alignment.size);
  return templateAt(models, grey.picture, grey.toPicture);
}

/** The template of what lies in a picture where `toPicture` carries the recogniser's square input to. */
export async function templateAt(
  models: FaceModels,
  picture: RgbImage,
  toPicture: Affine,
): Promise<Template> {
  const { session, about } = models.recogniser;
  const output = about.mirrored ? 'pair' : 'image';
  const sampled = await sample(models, models.recogniser, picture, toPicture, output);
  const sides: Template[] = [];
  for (const image of batches(sampled, about.input)) {
    const { [about.outputs[0].name]: answer } = await session.run({ [about.input.name]: image });
    sides.push(...rows(answer.data as Float32Array, answer.dims[1]));
  }
  return fuse(
    sides.map((side) => ({ template: about.distance === 'cosine' ? unit(side) : side, weight: 1 })),
  );
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

/** The sampled pictures as the net takes them: in its order of colours, all at once or one by one. */
function batches({ data, dims }: Tensor, { shape: [batch], colours }: Recogniser['input']): Tensor[] {
  const [count, channels, height, width] = dims;
  const plane = height * width;
  const levels = data as Float32Array;
  if (colours === 'BGR') {
    for (let picture = 0; picture < count; picture++) {
      const first = picture * channels * plane;
      const red = levels.slice(first, first + plane);
      levels.copyWithin(first, first + 2 * plane, first + 3 * plane);
      levels.set(red, first + 2 * plane);
    }
  }
  if (batch === 'N') return [new Tensor('float32', levels, dims)];
  return Array.from({ length: count }, (_, picture) => {
    const from = picture * channels * plane;
    return new Tensor('float32', levels.subarray(from, from + channels * plane), [
      1,
      channels,
      height,
      width,
    ]);
  });
}

/** A template of length 1: of one that is held by its angle the length says nothing, and must not weigh. */
function unit(template: Template): Template {
  const length = Math.hypot(...template);
  return length > 0 ? template.map((value) => value / length) : template;
}

/** The part of a picture that a square input lies in, without its colours. */
async function greyWindow(picture: RgbImage, toPicture: Affine, side: number) {
  // The input may be turned, and a turned square fits in an upright one of √2 its side.
  const reach = side * Math.SQRT2;
  const box = squareAbout(apply(toPicture, { x: side / 2, y: side / 2 }), enlargement(toPicture) * reach);
  const window = await cut(picture, box, reach);
  return {
    picture: await withoutColour(window.image),
    toPicture: chain(toPicture, invert(window.toPicture)),
  };
}

/**
 * Carries the pixels of the recogniser's square input to those of the picture whose mesh has these points. The
 * fit is made in the square, as the manifest states it, and then turned round: fitting the other way round would
 * come nearer to a turned head, and tells people apart less well.
 */
export function chipToPicture(
  { meshIndices, points, padding, size }: Recogniser['alignment'],
  mesh: readonly Point[],
): Affine {
  const pixels = (part: number): number => (size * (padding + part)) / (2 * padding + 1);
  return invert(
    fitSimilarity(
      meshIndices.map((index) =>
        Array.isArray(index) ? middle(mesh[index[0]], mesh[index[1]]) : mesh[index],
      ),
      points.map(([x, y]) => ({ x: pixels(x), y: pixels(y) })),
    ),
  );
}

/**
 * One template for several pictures of one person: their mean, in which a better picture counts for more.
 *
 * @param weighed at least one, with weights above 0; they need not add up to 1
 */
export function fuse(weighed: readonly { readonly template: Template; readonly weight: number }[]): Template {
  const total = weighed.reduce((sum, { weight }) => sum + weight, 0);
  return weighed[0].template.map(
    (_, i) => weighed.reduce((sum, { template, weight }) => sum + weight * template[i], 0) / total,
  );
}

function rows(flat: Float32Array, length: number): Float32Array[] {
  return Array.from({ length: flat.length / length }, (_, i) => flat.subarray(i * length, (i + 1) * length));
}
