import type { CalibratedStratum, Calibration } from '../appliance/calibration/calibration.js';
import type { Manifest, Net } from '../appliance/face/manifest.js';
import { type NetOutputs, goldenOutputs, relativeDifference, tolerance } from '../appliance/face/golden.js';
import { alone } from '../appliance/face/recogniser.js';
import { InferenceSession } from '../appliance/face/onnxruntime.js';
import { err, ok, type Result } from '../appliance/result.js';
import { upperBoundOfMean } from './hoeffding.js';
import { convert, modelsOf } from './build-model.js';
import { findSource, sha256, type SourceFault } from './sources.js';

/**
 * Recomputes everything in the manifest that follows from the installed packages and the calibration counts:
 * versions, hashes, sizes, golden outputs, bounds. For maintainers, after a change of package or converter.
 */
export async function refreshManifest(manifest: Manifest): Promise<Result<Manifest, SourceFault>> {
  const missing = modelsOf(manifest).some(({ source }) => !findSource(source).ok);
  if (missing) return err('package-missing');
  const detector = refreshNet(manifest.detector);
  const mesh = refreshNet(manifest.mesh);
  const recogniser = refreshNet(manifest.recogniser);
  const alternatives = manifest.alternatives.map(refreshNet);
  const models = {
    detector: await loaded(detector),
    mesh: await loaded(mesh),
    recogniser: {
      ...alone(await loaded(recogniser)),
      members: await Promise.all([recogniser, ...alternatives].map(loaded)),
    },
  };
  const golden = await goldenOutputs(models);
  return ok({
    ...manifest,
    detector: withAnswer(detector.model, golden.detector),
    mesh: withAnswer(mesh.model, golden.mesh),
    recogniser: withAnswerAndBounds(recogniser.model, golden.recognisers[0]),
    alternatives: alternatives.map(({ model }, i) => withAnswerAndBounds(model, golden.recognisers[i + 1])),
    fusions: manifest.fusions.map(withBounds),
    candidates: manifest.candidates.map((candidate) => refreshNet(candidate).model),
  });
}

/** A model with the bytes of its ONNX file. */
type Converted<M extends Net> = { readonly model: M; readonly bytes: Uint8Array };

async function loaded<M extends Net>({ model, bytes }: Converted<M>) {
  return { session: await InferenceSession.create(bytes), about: model };
}

/** Updates a net's golden output, unless it differs from the stated one only by this processor's rounding. */
function withAnswer<N extends Manifest['mesh']>(net: N, golden: NetOutputs): N {
  const outputs = net.outputs.map((output) => {
    const answer = golden[output.name].map((value) => Number(value.toPrecision(6)));
    const same = relativeDifference(answer, output.golden) <= tolerance;
    return same ? output : { ...output, golden: answer };
  });
  return { ...net, outputs };
}

function refreshNet<N extends Net>(net: N): Converted<N> {
  const found = findSource(net.source);
  if (!found.ok) throw new Error(`${net.source.package} disappeared`);
  const { version, files } = found.value;
  const hashed = net.source.files.map(({ path }, index) => ({ path, sha256: sha256(files[index]) }));
  return withFile({ ...net, source: { ...net.source, version, files: hashed } }, files);
}

function withFile<M extends Net>(model: M, files: readonly Uint8Array[]): Converted<M> {
  const bytes = convert(model.id, files);
  return { model: { ...model, sha256: sha256(bytes), bytes: bytes.length }, bytes };
}

function withAnswerAndBounds(model: Manifest['recogniser'], golden: NetOutputs): Manifest['recogniser'] {
  return withBounds(withAnswer(model, golden));
}

function withBounds<C extends { readonly calibration: Calibration }>(calibrated: C): C {
  const { any, sameGender, alike } = calibrated.calibration.strata;
  const strata = {
    any: bounded(any),
    ...(sameGender && { sameGender: bounded(sameGender) }),
    ...(alike && { alike: bounded(alike) }),
  };
  return { ...calibrated, calibration: { ...calibrated.calibration, strata } };
}

function bounded(stratum: CalibratedStratum): CalibratedStratum {
  const { comparisons, independent } = stratum;
  const points = stratum.points.map((point) => ({
    ...point,
    upper95: upperBoundOfMean(point.falseMatches / comparisons, independent),
  }));
  return { ...stratum, points };
}
