import type { ModelFault } from '../findings.js';
import { ok, type Result } from '../result.js';
import { type Loaded, start } from './loaded.js';
import { type Manifest, type Net, readManifest, readModel, type WithGolden } from './manifest.js';
import { type LoadedRecogniser, loadRecogniser, type RecogniserChoice } from './recogniser.js';

/** All nets. Each vault has one set; they run in the main thread, one at a time. */
export type FaceModels = {
  readonly detector: Loaded<Net & WithGolden>;
  readonly mesh: Loaded<Net & WithGolden>;
  readonly recogniser: LoadedRecogniser;
};

/** The paths of the nets, and the recogniser among them or beside them. */
export type ModelPaths = RecogniserChoice & { readonly manifest: string; readonly models: string };

/**
 * Loads the manifest's nets. Each file is read once and checked against the manifest's hash, and the session is
 * created from the same bytes, so that the file cannot be swapped in between.
 *
 * @returns `model-missing` for a missing file or a recogniser that the manifest lacks, `model-mismatch` for one with another hash or another output than the
 *   manifest states, `model-unsound` for one that answers the same to everything, `model-uncalibrated` for an invalid
 *   calibration or one of another model; `model-external-data`; and the faults of signatures of packs and calibrations
 */
export async function loadModels(paths: ModelPaths): Promise<Result<FaceModels, ModelFault>> {
  const read = readManifest(paths.manifest);
  if (!read.ok) return read;
  const { detector, mesh }: Manifest = read.value;
  const [detectorFile, meshFile] = [detector, mesh].map((net) => readModel(paths.models, net));
  if (!detectorFile.ok) return detectorFile;
  if (!meshFile.ok) return meshFile;
  const recogniser = await loadRecogniser(read.value, paths.models, paths);
  if (!recogniser.ok) return recogniser;
  return ok({
    detector: { session: await start(detectorFile.value), about: detector },
    mesh: { session: await start(meshFile.value), about: mesh },
    recogniser: recogniser.value,
  });
}
