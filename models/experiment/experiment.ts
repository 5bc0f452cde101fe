import type { LoadedRecogniser } from '../../appliance/face/recogniser.js';
import { loadModels, type ModelPaths } from '../../appliance/face/sessions.js';
import { ok, type Result } from '../../appliance/result.js';
import type { ModelFault } from '../../appliance/findings.js';
import type { Appearance } from './appearance.js';
import { compareAll, type Sink, sizeOf, type Withheld } from './comparisons.js';
import { enrolAll, type Failure } from './enrol.js';
import { fusedProbes } from './fuse-probes.js';
import type { Pairing } from './pairing.js';
import type { ProgressBar } from './progress.js';

/** The outcome of an experiment. The scores went to the sink. */
export type Experiment = {
  readonly recogniser: LoadedRecogniser['about'];
  readonly failures: readonly Failure[];
  readonly withheld: Withheld;
};

export type ExperimentOptions = {
  readonly models: ModelPaths;
  readonly folder: string;
  readonly appearance: Appearance;
};

/**
 * Enrols the pictures of a pairing and compares them. Holds one picture at a time, and the templates of all:
 * about 2 kB each with the built-in recogniser.
 */
export async function runExperiment(
  pairing: Pairing,
  { models: paths, folder, appearance }: ExperimentOptions,
  sink: Sink,
  bar: ProgressBar,
  signal: AbortSignal,
): Promise<Result<Experiment, ModelFault>> {
  const models = await loadModels(paths);
  if (!models.ok) return models;
  const { about: recogniser } = models.value.recogniser;
  const { pictures } = pairing;
  const { enrolled, failures } = await enrolAll(models.value, folder, pictures, appearance, signal, (done) =>
    bar.show('写真を見ています / looking at pictures', done, pictures.length),
  );
  const withheld = await compareAll(
    pairing,
    enrolled,
    recogniser.measure,
    sink,
    signal,
    (done) => bar.show('比べています / comparing', done, sizeOf(pairing)),
    appearance.fuse > 1 ? fusedProbes(pictures, enrolled, appearance.fuse) : undefined,
  );
  return ok({ recogniser, failures, withheld });
}
