import type { Calibration } from '../appliance/calibration/calibration.js';
import type { Manifest, Net } from '../appliance/face/manifest.js';
import { err, ok, type Result } from '../appliance/result.js';
import { upperBound } from './clopper-pearson.js';
import { convert, type Model, modelsOf } from './make.js';
import { findSource, sha256, type SourceFault } from './sources.js';

/**
 * The manifest with everything that follows from the installed packages and from the counts of its calibration
 * worked out anew: versions, hashes, sizes, bounds. For maintainers, after a package or the converter changed.
 */
export function refresh(manifest: Manifest): Result<Manifest, SourceFault> {
  const missing = modelsOf(manifest).some((model) => 'source' in model && !findSource(model.source).ok);
  if (missing) return err('package-missing');
  const { detector, mesh, recogniser, warp, candidates } = manifest;
  return ok({
    ...manifest,
    detector: refreshNet(detector),
    mesh: refreshNet(mesh),
    recogniser: { ...refreshNet(recogniser), calibration: refreshBounds(recogniser.calibration) },
    warp: withFile(warp, []),
    candidates: candidates.map(refreshNet),
  });
}

function refreshNet<N extends Net>(net: N): N {
  const found = findSource(net.source);
  if (!found.ok) throw new Error(`${net.source.package} went away`);
  const { version, files } = found.value;
  const hashed = net.source.files.map(({ path }, index) => ({ path, sha256: sha256(files[index]) }));
  return withFile({ ...net, source: { ...net.source, version, files: hashed } }, files);
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
