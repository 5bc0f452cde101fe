import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { decode } from '../../appliance/face/decode.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { fuse, type Template } from '../../appliance/face/template.js';
import { makeUpright } from '../../appliance/face/upright.js';
import type { Finding, Side } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import type { FaceSamples } from '../../appliance/vault/face-sample.js';
import { framesCompared } from '../../appliance/vault/photograph.js';
import { longestSide, cropUpright } from '../../appliance/vault/open-picture.js';
import { capturePortrait } from '../../appliance/vault/capture-portrait.js';
import { assessFrame, type AssessedFrame } from '../../appliance/vault/assess-frame.js';
import type { Appearance } from './appearance.js';
import { simulateFrames } from '../simulate/camera-frames.js';
import type { Picture } from './pairing.js';
import { printAndScan, printAndScanAs } from '../simulate/print-scan.js';

/** A face's templates (only `grey` if the picture has no colours) and its quality, above 0. */
export type Face = { readonly colour?: Template; readonly grey: Template; readonly quality: number };

/**
 * A picture's faces as document and as probe; a side is missing if the picture failed there or is not used
 * there.
 */
export type Enrolled = Partial<Record<Side, Face>>;

/** A picture that failed to enrol, with its findings in the order in which a visit would show them. */
export type Failure = { readonly name: string; readonly findings: readonly Finding[] };

/**
 * Extracts the templates of every picture, each side as in a visit, and holds one picture at a time. A
 * picture with a blocking finding, for which a visit would ask for another picture, fails to enrol on that
 * side.
 */
export async function enrolAll(
  models: FaceModels,
  folder: string,
  pictures: readonly Picture[],
  appearance: Appearance,
  signal: AbortSignal,
  onProgress: (done: number) => void,
): Promise<{ enrolled: Enrolled[]; failures: Failure[] }> {
  const enrolled: Enrolled[] = [];
  const failures: Failure[] = [];
  for (const { name, sides } of pictures) {
    const faces: Enrolled = {};
    const findings: Finding[] = [];
    const encoded = await readFile(join(folder, name)).catch(() => undefined);
    for (const side of sides) {
      const face = await enrol(models, encoded, side, appearance);
      if (face.ok) faces[side] = face.value;
      else findings.push(...face.error);
    }
    enrolled.push(faces);
    if (findings.length > 0) failures.push({ name, findings });
    onProgress(enrolled.length);
    signal.throwIfAborted();
  }
  return { enrolled, failures };
}

async function enrol(
  models: FaceModels,
  encoded: Uint8Array | undefined,
  side: Side,
  { documentAs, probeAs }: Appearance,
): Promise<Result<Face, Finding[]>> {
  if (!encoded) return err([{ side, code: 'unreadable-image', blocking: true }]);
  const decoded = await decode(encoded, longestSide[side]);
  if (!decoded.ok) return err([{ side, code: decoded.error, blocking: true }]);
  if (side === 'probe') return enrolShots(await shotsOf(models, decoded.value, probeAs), probeAs);
  const shown = await documentOf(decoded.value, documentAs);
  const upright = await cropUpright(models, side, shown);
  if (!upright.ok) return err([{ side, code: upright.error, blocking: true }]);
  const { result, sample } = await capturePortrait(models, upright.value, performance.now());
  if (!result.usable || !sample) return err(result.findings.filter(({ blocking }) => blocking));
  return ok(await faceOf([{ sample, quality: 1 }]));
}

/** What the scanner would see of the document: the picture itself, or a simulated scan of it. */
async function documentOf(picture: RgbImage, documentAs: Appearance['documentAs']): Promise<RgbImage> {
  if (documentAs === 'picture') return picture;
  return documentAs === 'print-scan' ? printAndScan(picture) : printAndScanAs(documentAs, picture);
}

/** What the vault would see of the visitor: the picture itself, or simulated camera frames of it. */
async function shotsOf(
  models: FaceModels,
  picture: RgbImage,
  probeAs: Appearance['probeAs'],
): Promise<readonly AssessedFrame[]> {
  const upright = await makeUpright(models, picture);
  const film = probeAs === 'frame' || probeAs === 'frames' ? await simulateFrames(upright) : [upright];
  const shots: AssessedFrame[] = [];
  for (const frame of film) shots.push(await assessFrame(models, frame));
  return shots;
}

/** The first usable shot, or the best of all, kept and fused as in a visit. */
async function enrolShots(
  shots: readonly AssessedFrame[],
  probeAs: Appearance['probeAs'],
): Promise<Result<Face, Finding[]>> {
  const blocking = ({ assessment: { findings } }: AssessedFrame) =>
    findings.filter((finding) => finding.blocking);
  const usable = shots.flatMap((shot) =>
    shot.sample && blocking(shot).length === 0
      ? [{ sample: shot.sample, quality: shot.assessment.quality }]
      : [],
  );
  if (usable.length === 0) return err(shots.flatMap(blocking).slice(0, 1));
  const best = usable.toSorted((one, other) => other.quality - one.quality).slice(0, framesCompared);
  return ok(await faceOf(probeAs === 'frames' ? best : usable.slice(0, 1)));
}

type Kept = FaceSamples['probe'][number];

async function faceOf(kept: readonly Kept[]): Promise<Face> {
  const fused = async (colour: boolean) => {
    const weighed = [];
    for (const { sample, quality } of kept) {
      weighed.push({ template: await sample.template(colour), weight: quality });
    }
    return fuse(weighed);
  };
  const grey = await fused(false);
  const quality = Math.max(...kept.map((one) => one.quality));
  return kept.some(({ sample }) => sample.grey)
    ? { grey, quality }
    : { grey, colour: await fused(true), quality };
}
