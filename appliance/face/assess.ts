import type { Finding, FindingCode } from '../findings.js';
import type { Instruction, Outline } from '../protocol/vault.js';
import { type Face, presenceThreshold } from './faces.js';
import { directionTo, type Framing, framingOf, goodHeight, outlineOf } from './framing.js';
import type { RgbImage } from './image.js';
import { measure, type Measures } from './measure.js';
import type { Pose } from './pose.js';
import { isSettled } from './settled.js';

/** The assessment of a picture of the visitor. */
export type Assessment = {
  readonly findings: readonly Finding[];
  /** What the visitor should change next; `hold-still` if the picture is good. */
  readonly instruction: Instruction;
  /** The outline of the visitor's face, if there is one. */
  readonly outline?: Outline;
  /** 0 to 1: the frames with the highest quality are compared. */
  readonly quality: number;
  /** Whether the picture has no colours. */
  readonly grey: boolean;
};

/** The assessment of a document's portrait. */
export type PortraitAssessment = { readonly findings: readonly Finding[]; readonly grey: boolean };

/** A defect of a picture, and the instruction that mends it. */
type Defect = { readonly code: FindingCode; readonly blocking: boolean; readonly instruction: Instruction };

/** `poor` is worth a finding; `useless` makes a comparison worthless. */
type Limit = { readonly poor: number; readonly useless: number };

/**
 * Set on degraded pictures of eight people, compared with clear ones of the same people: at `useless` one person in
 * ten or more falls below the threshold or is not found at all. The limits of glare and of a covered mouth were set
 * on the people in `setting` of `models/gate/people.ts`. `npm run gate` measures the effect of all of them.
 */
const limits = {
  /** Mean luma of the face, 0 to 255; a lower limit. */
  dark: { poor: 50, useless: 30 },
  /** Overexposed fraction of the face; an upper limit. */
  bright: { poor: 0.25, useless: 0.5 },
  /**
   * Natural logarithm of the ratio of the cheeks' brightness; an upper limit. Of 40 half-shaded faces none fell below
   * the threshold up to 1.1, two up to 1.9, seven up to 2.6.
   */
  uneven: { poor: 1.5, useless: 2.2 },
  /** See `shadeOnEyes`; an upper limit. */
  shaded: { poor: 0.9, useless: 1 },
  /** See `glareOn`; an upper limit. */
  glare: { poor: 0.15, useless: 0.21 },
  /** Log odds of a covered mouth; an upper limit. */
  covered: { poor: -0.5, useless: 0 },
  /** Pixels between the eyes; a lower limit. */
  small: { poor: 40, useless: 24 },
  /**
   * Degrees of yaw or pitch; an upper limit. Of heads drawn at 20 degrees of yaw two of 32 read more than `useless`, at 25
   * degrees 20, at 30 degrees all; of 193 good pictures five, which are turned. Where dlib's ResNet missed a person's printed
   * and scanned portrait, portrait or visitor read more (all of 5 in 80 pairs).
   */
  turned: { poor: 20, useless: 22 },
  /**
   * The same of a face without the colours of skin, whose turn the mesh sees with less certainty. Of 465 faces at all
   * angles 18 read up to 20 in colour and more in grey, but none more than 23; the standard deviation of the difference
   * is 1.3. What stops a visit has hardly any margin, since a face that is truly turned must be stopped.
   */
  turnedWithoutColours: { poor: 23, useless: 23 },
  /** See `sharpnessOf`; a lower limit. */
  blurred: { poor: 0.2, useless: 0.15 },
  /** Pixels between the eyes of a document's portrait; a lower limit. */
  portrait: { poor: 30, useless: 20 },
} as const satisfies Record<string, Limit>;

/** A face that fills this fraction of the picture's height leaves no room for the rest of the head. */
const tooLarge = 0.9;
/** Another certain face of at least this fraction of the visitor's width belongs to somebody beside them. */
const leastCompanionWidth = 0.6;

/**
 * Assesses a picture of the visitor.
 *
 * @param faces what `findFaces` found in it, the visitor's first
 */
export async function assess(picture: RgbImage, faces: readonly Face[]): Promise<Assessment> {
  const visitor = faces.at(0);
  if (!visitor) {
    return {
      findings: [{ side: 'probe', code: 'no-face', blocking: true }],
      instruction: 'look-here',
      quality: 0,
      grey: false,
    };
  }
  const framing = framingOf(picture, visitor.mesh);
  const measures = await measure(picture, visitor);
  const explained = [
    ...findOthers(faces),
    ...explainDoubt(visitor, measures),
    ...findDefects(measures, framing),
  ].filter(({ code }, i, all) => all.findIndex((defect) => defect.code === code) === i);
  const defects = [...findUnsettled(visitor, explained), ...explained];
  return {
    findings: defects.map(({ code, blocking }) => ({ side: 'probe', code, blocking })),
    instruction: defects.at(0)?.instruction ?? guide(framing),
    outline: outlineOf(framing),
    quality: qualityOf(visitor, measures),
    grey: measures.grey,
  };
}

/** Assesses a document's portrait. */
export async function assessPortrait(picture: RgbImage, face: Face): Promise<PortraitAssessment> {
  const measures = await measure(picture, face);
  const { eyeDistance, glare, sharpness, grey, pose } = measures;
  const findings: Finding[] = [];
  if (glare > limits.glare.poor) {
    findings.push({ side: 'document', code: 'portrait-glare', blocking: glare > limits.glare.useless });
  }
  if (eyeDistance < limits.portrait.useless) {
    findings.push({ side: 'document', code: 'portrait-too-small', blocking: true });
  } else if (eyeDistance < limits.portrait.poor) {
    findings.push({ side: 'document', code: 'portrait-small', blocking: false });
  }
  if (turnOf(pose) > turnLimit(measures).useless) {
    findings.push({ side: 'document', code: 'face-turned', blocking: true });
  }
  if (!isSettled(face.mesh) && !findings.some(({ blocking }) => blocking)) {
    findings.push({ side: 'document', code: 'face-unsettled', blocking: true });
  }
  if (sharpness < limits.blurred.useless) {
    findings.push({ side: 'document', code: 'portrait-blurred', blocking: false });
  }
  return { findings, grey };
}

function findOthers([visitor, ...others]: readonly Face[]): Defect[] {
  const isAccompanied = others.some(
    ({ box, mesh }) =>
      mesh.presence >= presenceThreshold && box.width >= visitor.box.width * leastCompanionWidth,
  );
  return isAccompanied ? [{ code: 'several-faces', blocking: true, instruction: 'one-person' }] : [];
}

/** Why the mesh is not certain of a face; nothing can be compared then. */
function explainDoubt({ mesh }: Face, measures: Measures): Defect[] {
  if (mesh.presence >= presenceThreshold) return [];
  if (turnOf(measures.pose) > turnLimit(measures).poor) {
    return [{ code: 'face-turned', blocking: true, instruction: 'face-front' }];
  }
  if (measures.mouthCover > limits.covered.poor) {
    return [{ code: 'mouth-covered', blocking: true, instruction: 'uncover-mouth' }];
  }
  return [{ code: 'no-face', blocking: true, instruction: 'look-here' }];
}

/** A mesh that has not settled, unless something else explains it and stops the picture anyway. */
function findUnsettled({ mesh }: Face, explained: readonly Defect[]): Defect[] {
  if (isSettled(mesh) || explained.some(({ blocking }) => blocking)) return [];
  return [{ code: 'face-unsettled', blocking: true, instruction: 'look-here' }];
}

/** The most useful first: light, then occlusion, then position, then pose. */
function findDefects(measures: Measures, framing: Framing): Defect[] {
  const { light, uneven, shadeOnEyes, mouthCover, eyeDistance, pose, sharpness } = measures;
  const defects = [
    below('too-dark', light.brightness, limits.dark, 'more-light'),
    above('too-bright', light.overexposed, limits.bright, 'less-light'),
    above('mouth-covered', mouthCover, limits.covered, 'uncover-mouth'),
    above('eyes-covered', shadeOnEyes, limits.shaded, 'uncover-eyes'),
    offCentre(framing),
    below('face-too-small', eyeDistance, limits.small, 'nearer'),
    large(framing),
    above('face-turned', turnOf(pose), turnLimit(measures), 'face-front'),
    above('uneven-light', uneven, limits.uneven, 'even-light'),
    below('blurred', sharpness, limits.blurred, 'hold-still'),
  ];
  return defects.filter((defect) => defect !== undefined);
}

/** A mouth that seems covered may be one that is turned away, so the stricter limit holds then. */
function turnLimit({ skinColours, mouthCover }: Measures): Limit {
  return skinColours || mouthCover > limits.covered.useless ? limits.turned : limits.turnedWithoutColours;
}

function turnOf({ yaw, pitch }: Pose): number {
  return Math.max(Math.abs(yaw), Math.abs(pitch));
}

function above(
  code: FindingCode,
  measured: number,
  { poor, useless }: Limit,
  instruction: Instruction,
): Defect | undefined {
  return measured > poor ? { code, blocking: measured > useless, instruction } : undefined;
}

function below(
  code: FindingCode,
  measured: number,
  { poor, useless }: Limit,
  instruction: Instruction,
): Defect | undefined {
  return measured < poor ? { code, blocking: measured < useless, instruction } : undefined;
}

function offCentre(framing: Framing): Defect | undefined {
  if (framing.whole) return undefined;
  return { code: 'face-off-centre', blocking: true, instruction: directionTo(framing) ?? 'further' };
}

function large({ height }: Framing): Defect | undefined {
  return height > tooLarge ? { code: 'face-too-large', blocking: false, instruction: 'further' } : undefined;
}

/** Where to move for a better picture, although this one can be compared. */
function guide(framing: Framing): Instruction {
  if (framing.height < goodHeight.least) return 'nearer';
  if (framing.height > goodHeight.most) return 'further';
  return directionTo(framing) ?? 'hold-still';
}

/** The product of how close each measure is to a good value, so that a single bad one counts. */
function qualityOf(
  { mesh }: Face,
  { pose, light, mouthCover, eyeDistance, eyesOpen, sharpness }: Measures,
): number {
  const ratio = (measured: number, good: number) => Math.min(Math.max(measured / good, 0), 1);
  const radians = Math.PI / 180;
  return (
    mesh.presence *
    Math.max(0, Math.cos(pose.yaw * radians) * Math.cos(pose.pitch * radians)) ** 2 *
    ratio(light.brightness, 80) *
    (1 - light.overexposed) *
    ratio(eyeDistance, 60) *
    ratio(sharpness, 0.4) *
    ratio(eyesOpen, 0.08) *
    (1 / (1 + Math.exp(mouthCover)))
  );
}
