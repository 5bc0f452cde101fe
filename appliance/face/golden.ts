import { chain, scaledRotation, translation, type Affine } from './affine.js';
import type { RgbImage } from './image.js';
import type { Net } from './manifest.js';
import { sample } from './sample.js';
import type { FaceModels, Loaded } from './sessions.js';
import { templateAt } from './template.js';

/**
 * The most by which an answer to the pattern may differ from the manifest's, in parts of it. Processors add up in
 * different orders: SSE, AVX2, AVX-512 and two kinds of ARM differed by 3e-6 at most. A score, which is rounded to
 * 1e-4, does not feel a difference below this; a net with a few dozen weights wrong is beyond it.
 */
export const tolerance = 1e-4;

/** How many numbers the manifest keeps of each output: of a template all, so that a wrong one cannot hide. */
const kept = { detector: 16, mesh: 30, recogniser: 128 } as const;
type Role = keyof typeof kept;
const roles = Object.keys(kept) as Role[];

/** What a net answers to the pattern, by its outputs' names. */
export type Answer = Readonly<Record<string, readonly number[]>>;

/** What each net answers to the pattern now. */
export async function answers(models: FaceModels): Promise<Record<Role, Answer>> {
  const { alignment, outputs } = models.recogniser.about;
  const template = await templateAt(models, pattern(), view(alignment.size));
  return {
    detector: await answerOf(models, models.detector, kept.detector),
    mesh: await answerOf(models, models.mesh, kept.mesh),
    recogniser: { [outputs[0].name]: fold(template, kept.recogniser) },
  };
}

/**
 * How far the nets are from what the manifest says that they answer, each output in parts of itself: the largest
 * of all. NaN where a net answers no number. A pack that says nothing of its recogniser is not `whole`.
 */
export async function deviation(models: FaceModels): Promise<{ deviation: number; whole: boolean }> {
  const now = await answers(models);
  const all = roles.flatMap((role) =>
    models[role].about.outputs.map(({ name, golden }) => ({ name, golden, role })),
  );
  const stated = all.flatMap(({ role, name, golden }) =>
    golden ? [difference(now[role][name], golden)] : [],
  );
  return { deviation: Math.max(...stated), whole: stated.length === all.length };
}

/** The difference of two answers over the size of the stated one. */
export function difference(answer: readonly number[] | undefined, stated: readonly number[]): number {
  if (answer?.length !== stated.length) return Infinity;
  return size(stated.map((value, i) => answer[i] - value)) / size(stated);
}

function size(values: readonly number[]): number {
  return Math.hypot(...values);
}

async function answerOf(models: FaceModels, loaded: Loaded<Net>, count: number): Promise<Answer> {
  const image = await sample(models, loaded, pattern(), view(loaded.about.input.shape[2]));
  const outputs = await loaded.session.run({ image });
  return Object.fromEntries(
    loaded.about.outputs.map(({ name }) => [name, fold(outputs[name].data as Float32Array, count)]),
  );
}

/** At most `count` numbers in which every one of the values has its part: the means of each `count`-th. */
function fold(values: Float32Array, count: number): number[] {
  const length = Math.min(count, values.length);
  const sums = new Array<number>(length).fill(0);
  values.forEach((value, i) => (sums[i % length] += value));
  return sums.map((sum, i) => sum / Math.ceil((values.length - i) / length));
}

/** In pixels. */
const side = 320;

/** Stripes and rings that are nobody's face, the same to the last bit on every machine. */
function pattern(): RgbImage {
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const rings = ((x - 130) ** 2 + (y - 170) ** 2) >> 6;
      data.set([wave(3 * x + y), wave(rings), wave(5 * y - 2 * x + 2 * side)], (y * side + x) * 3);
    }
  }
  return { data, width: side, height: side };
}

/** Up from 0 to 255 and down again, evenly. */
function wave(phase: number): number {
  const step = phase % 510;
  return step > 255 ? 510 - step : step;
}

/** Shows a net's square input most of the pattern, a little turned. */
function view(pixels: number): Affine {
  return chain(
    translation(-pixels / 2, -pixels / 2),
    scaledRotation((0.8 * side) / pixels, 0.2),
    translation(side / 2, side / 2),
  );
}
