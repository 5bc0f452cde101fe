import { chain, scaledRotation, translation, type Affine } from './affine.js';
import type { RgbImage } from './image.js';
import type { Loaded } from './loaded.js';
import type { Net, WithGolden } from './manifest.js';
import { sample } from './sample.js';
import type { FaceModels } from './sessions.js';
import { templateAt } from './template.js';

/**
 * The largest relative deviation from the manifest's golden output. Processors add in different orders: SSE, AVX2,
 * AVX-512 and two kinds of ARM differed by at most 3e-6. Less than this does not change a score, which is rounded to
 * 1e-4; a net with a few dozen wrong weights deviates more.
 */
export const tolerance = 1e-4;

/** How many numbers the manifest keeps of each output: all of a template, so that a wrong value cannot hide. */
const kept = { detector: 16, mesh: 30, recogniser: 128 } as const;

/** A net's outputs for the pattern, by name. */
export type NetOutputs = Readonly<Record<string, readonly number[]>>;

/** What the nets returned for the pattern; `recognisers` are those of a fusion, or the only one. */
type GoldenOutputs = {
  readonly detector: NetOutputs;
  readonly mesh: NetOutputs;
  readonly recognisers: readonly NetOutputs[];
};

/** Runs each net on the pattern. */
export async function goldenOutputs(models: FaceModels): Promise<GoldenOutputs> {
  const recognisers: NetOutputs[] = [];
  for (const member of models.recogniser.members) {
    const { alignment, outputs } = member.about;
    const template = await templateAt(member, pattern(), view(alignment.size));
    recognisers.push({ [outputs[0].name]: fold(template, kept.recogniser) });
  }
  return {
    detector: await outputOf(models.detector, kept.detector),
    mesh: await outputOf(models.mesh, kept.mesh),
    recognisers,
  };
}

/** The largest relative deviation of the nets from the manifest's golden outputs; NaN if an output contains NaN. */
export async function deviation(models: FaceModels): Promise<number> {
  const now = await goldenOutputs(models);
  const nets: [WithGolden, NetOutputs][] = [
    [models.detector.about, now.detector],
    [models.mesh.about, now.mesh],
    ...now.recognisers.map((answer, i): [WithGolden, NetOutputs] => [
      models.recogniser.members[i].about,
      answer,
    ]),
  ];
  const apart = nets.flatMap(([{ outputs }, answer]) =>
    outputs.map(({ name, golden }) => relativeDifference(answer[name], golden)),
  );
  return Math.max(...apart);
}

/** The difference of two outputs, relative to the norm of the expected one; Infinity if their lengths differ. */
export function relativeDifference(answer: readonly number[] | undefined, stated: readonly number[]): number {
  if (answer?.length !== stated.length) return Infinity;
  return norm(stated.map((value, i) => answer[i] - value)) / norm(stated);
}

function norm(values: readonly number[]): number {
  return Math.hypot(...values);
}

async function outputOf(loaded: Loaded<Net>, count: number): Promise<NetOutputs> {
  const image = sample(pattern(), loaded.about.input, view(loaded.about.input.shape[2]));
  const outputs = await loaded.session.run({ image });
  return Object.fromEntries(
    loaded.about.outputs.map(({ name }) => [name, fold(outputs[name].data as Float32Array, count)]),
  );
}

/** Reduces the values to at most `count` means, each of every `count`-th value, so that every value counts. */
function fold(values: Float32Array, count: number): number[] {
  const length = Math.min(count, values.length);
  const sums = new Array<number>(length).fill(0);
  values.forEach((value, i) => (sums[i % length] += value));
  return sums.map((sum, i) => sum / Math.ceil((values.length - i) / length));
}

/** In pixels. */
const side = 320;

/** Stripes and rings that resemble no face, bit for bit the same on every machine. */
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

/** A triangle wave, 0 to 255. */
function wave(phase: number): number {
  const step = phase % 510;
  return step > 255 ? 510 - step : step;
}

/** Maps a net's square input to most of the pattern, slightly rotated. */
function view(pixels: number): Affine {
  return chain(
    translation(-pixels / 2, -pixels / 2),
    scaledRotation((0.8 * side) / pixels, 0.2),
    translation(side / 2, side / 2),
  );
}
