import { type Affine, apply, chain, enlargement, fitSimilarity, invert } from './affine.js';
import { squareAround } from './box.js';
import { toGreyscale } from './greyscale.js';
import type { Point, RgbImage } from './image.js';
import type { Loaded } from './loaded.js';
import type { Recogniser } from './manifest.js';
import type { FaceMesh } from './mesh.js';
import { Tensor } from './onnxruntime.js';
import { crop } from './patch.js';
import { sample } from './sample.js';
import type { FaceModels } from './sessions.js';

/**
 * The recogniser's output for a face; close together for pictures of one person. A fusion's holds those of its members,
 * one after the other.
 */
export type Template = Float32Array;

/**
 * Computes a face's template: the mean over the aligned face and its mirror image if the manifest says so.
 *
 * @param colour whether the net sees colours; if one of two portraits has none, both are compared in grey
 */
export async function makeTemplate(
  models: FaceModels,
  picture: RgbImage,
  { points }: FaceMesh,
  { colour }: { readonly colour: boolean },
): Promise<Template> {
  const parts: Template[] = [];
  for (const member of models.recogniser.members) {
    const { alignment } = member.about;
    const toPicture = chipToPicture(alignment, points);
    const shown = colour ? { picture, toPicture } : await greyPart(picture, toPicture, alignment.size);
    parts.push(await templateAt(member, shown.picture, shown.toPicture));
  }
  return endToEnd(parts);
}

function endToEnd(parts: readonly Template[]): Template {
  const whole = new Float32Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** One recogniser's template of the part of a picture that `toPicture` maps its input to. */
export async function templateAt(
  recogniser: Loaded<Recogniser>,
  picture: RgbImage,
  toPicture: Affine,
): Promise<Template> {
  const { session, about } = recogniser;
  const sampled = sample(picture, about.input, toPicture, about.mirrored);
  const templates: Template[] = [];
  for (const image of batches(sampled, about.input)) {
    const { [about.outputs[0].name]: answer } = await session.run({ [about.input.name]: image });
    templates.push(...rows(answer.data as Float32Array, answer.dims[1]));
  }
  return fuse(
    templates.map((side) => ({ template: about.distance === 'cosine' ? normalised(side) : side, weight: 1 })),
  );
}

function middle(one: Point, other: Point): Point {
  return { x: (one.x + other.x) / 2, y: (one.y + other.y) / 2 };
}

/** The sampled pictures as the net takes them: in one batch or one by one. */
function batches(sampled: Tensor, { shape: [batch] }: Recogniser['input']): Tensor[] {
  if (batch === 'N') return [sampled];
  const [count, ...one] = sampled.dims;
  const levels = sampled.data as Float32Array;
  const length = levels.length / count;
  return Array.from(
    { length: count },
    (_, picture) =>
      new Tensor('float32', levels.subarray(picture * length, (picture + 1) * length), [1, ...one]),
  );
}

/** Normalises a template that is compared by its angle, so that its length has no weight. */
function normalised(template: Template): Template {
  const length = Math.hypot(...template);
  return length > 0 ? template.map((value) => value / length) : template;
}

/** The part of a picture under a square input, in greyscale. */
async function greyPart(picture: RgbImage, toPicture: Affine, side: number) {
  // The input may be rotated; a rotated square fits into an upright one of √2 its side.
  const reach = side * Math.SQRT2;
  const box = squareAround(apply(toPicture, { x: side / 2, y: side / 2 }), enlargement(toPicture) * reach);
  const window = await crop(picture, box, reach);
  return {
    picture: await toGreyscale(window.image),
    toPicture: chain(toPicture, invert(window.toPicture)),
  };
}

/**
 * Maps the pixels of the recogniser's square input to those of the picture with this mesh. The fit is made in the
 * square, as the manifest states, and then inverted: fitting the other way round comes closer for turned heads, but
 * distinguishes people less well.
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
 * The weighted mean of several templates of one person.
 *
 * @param weighed at least one, with weights above 0 that need not add up to 1
 */
export function fuse(
  weighted: readonly { readonly template: Template; readonly weight: number }[],
): Template {
  const total = weighted.reduce((sum, { weight }) => sum + weight, 0);
  return weighted[0].template.map(
    (_, i) => weighted.reduce((sum, { template, weight }) => sum + weight * template[i], 0) / total,
  );
}

function rows(flat: Float32Array, length: number): Float32Array[] {
  return Array.from({ length: flat.length / length }, (_, i) => flat.subarray(i * length, (i + 1) * length));
}
