import type { Calibration, Manifest } from '../appliance/face/manifest.js';
import { ok, type Result } from '../appliance/result.js';
import { upperBound } from './clopper-pearson.js';
import { convert, type Model } from './make.js';
import { findSource, sha256, type SourceFault } from './sources.js';

/**
 * The manifest with everything that follows from the installed packages and from the counts of its calibration
 * worked out anew: versions, hashes, sizes, bounds. For maintainers, after a package or the converter changed.
 */
export function refresh(manifest: Manifest): Result<Manifest, SourceFault> {
  const candidates: Manifest['candidates'] = [];
  for (const candidate of manifest.candidates) {
    const refreshed = refreshModel(candidate);
    if (!refreshed.ok) return refreshed;
    candidates.push(refreshed.value);
  }
  const detector = refreshModel(manifest.detector);
  if (!detector.ok) return detector;
  const mesh = refreshModel(manifest.mesh);
  if (!mesh.ok) return mesh;
  const recogniser = refreshModel(manifest.recogniser);
  if (!recogniser.ok) return recogniser;
  const warp = refreshModel(manifest.warp);
  if (!warp.ok) return warp;
  return ok({
    ...manifest,
    detector: detector.value,
    mesh: mesh.value,
    recogniser: { ...recogniser.value, calibration: refreshBounds(recogniser.value.calibration) },
    warp: warp.value,
    candidates,
  });
}

function refreshModel<M extends Model>(model: M): Result<M, SourceFault> {
  if (!('source' in model)) return ok(withFile(model, []));
  const found = findSource(model.source);
  if (!found.ok) return found;
  const { version, files } = found.value;
  const hashed = model.source.files.map(({ path }, index) => ({ path, sha256: sha256(files[index]) }));
  return ok(withFile({ ...model, source: { ...model.source, version, files: hashed } }, files));
}

function withFile<M extends Model>(model: M, files: readonly Uint8Array[]): M {
  const bytes = convert(model.id, files);
  return { ...model, sha256: sha256(bytes), bytes: bytes.length };
}

function refreshBounds(calibration: Calibration): Calibration {
  const points = calibration.points.map((point) => ({
    ...point,
    upper95: upperBound(point.falseMatches, point.comparisons),
  }));
  return { ...calibration, points };
}
