import type { Finding, FindingCode } from '../findings.js';
import type { Instruction, Outline } from '../protocol/vault.js';
import { type Face, surePresence } from './faces.js';
import { directionTo, type Framing, framingOf, outlineOf } from './framing.js';
import type { RgbImage } from './image.js';
import { measure, type Measures } from './measure.js';
import type { Pose } from './pose.js';

/** What is to be said of a picture of the visitor. */
export type Assessment = {
  readonly findings: readonly Finding[];
  /** What the visitor should change next; `hold-still` when the picture is good. */
  readonly instruction: Instruction;
  /** Where the visitor's face is, if there is one. */
  readonly outline?: Outline;
  /** 0 to 1: of several frames those with the highest are compared. */
  readonly quality: number;
  /** The picture has no colours. */
  readonly grey: boolean;
};

/** What is to be said of a document's portrait. */
export type PortraitAssessment = { readonly findings: readonly Finding[]; readonly grey: boolean };

/** Something that stands against a picture, and what mends it. */
type Remark = { readonly code: FindingCode; readonly blocking: boolean; readonly instruction: Instruction };

/** Where a measure becomes worth a word, and where it makes a comparison worthless. */
type Limit = { readonly poor: number; readonly useless: number };

/**
 * Set on degraded pictures of eight people, compared with clear ones of the same: at `useless` one person in ten or
 * more would fall below the threshold, or is no longer found. Those of glare and of a covered mouth were set on the
 * people of `setting` in `models/gate/people.ts`. `npm run gate` counts what all of them do.
 */
const limits = {
  /** Mean luma of the face; below it. */
  dark: { poor: 50, useless: 30 },
  /** Part of the face that is burnt out; above it. */
  bright: { poor: 0.25, useless: 0.5 },
  /**
   * Natural logarithm of how much brighter one cheek is than the other; above it. Of 40 faces half in shade to 1.1 none
   * fell below the threshold, to 1.9 two, to 2.6 seven.
   */
  uneven: { poor: 1.5, useless: 2.2 },
  /** See `shadeOnEyes`; above it. */
  shaded: { poor: 0.9, useless: 1 },
  /** See `glareOn`; above it. */
  glare: { poor: 0.15, useless: 0.21 },
  /** Log odds of a covered mouth; above it. */
  covered: { poor: -0.5, useless: 0 },
  /** Pixels between the eyes; below it. */
  small: { poor: 40, useless: 24 },
  /** Degrees to a side, or up or down; above it. */
  turned: { poor: 20, useless: 30 },
  /** See `sharpnessOf`; below it. */
  blurred: { poor: 0.2, useless: 0.15 },
  /** Pixels between the eyes of a portrait; below it. */
  portrait: { poor: 30, useless: 20 },
} as const satisfies Record<string, Limit>;

/** A face that fills this much of the picture's height leaves no room for the rest of the head. */
const tooLarge = 0.9;
/** How much of the picture's height a face should fill before a camera. */
const goodHeight = { least: 0.25, most: 0.75 };
/** Another sure face of this part of the visitor's width or more is somebody who stands beside them. */
const beside = 0.6;

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
  const remarks = [
    ...remarksOnCompany(faces),
    ...remarksOnDoubt(visitor, measures),
    ...remarksOnPicture(measures, framing),
  ].filter(({ code }, i, all) => all.findIndex((remark) => remark.code === code) === i);
  return {
    findings: remarks.map(({ code, blocking }) => ({ side: 'probe', code, blocking })),
    instruction: remarks.at(0)?.instruction ?? guide(framing),
    outline: outlineOf(framing),
    quality: qualityOf(visitor, measures),
    grey: measures.grey,
  };
}

/** Assesses a document's portrait by its face. */
export async function assessPortrait(picture: RgbImage, face: Face): Promise<PortraitAssessment> {
  const { eyeDistance, glare, sharpness, grey } = await measure(picture, face);
  const findings: Finding[] = [];
  if (glare > limits.glare.poor) {
    findings.push({ side: 'document', code: 'portrait-glare', blocking: glare > limits.glare.useless });
  }
  if (eyeDistance < limits.portrait.useless) {
    findings.push({ side: 'document', code: 'portrait-too-small', blocking: true });
  } else if (eyeDistance < limits.portrait.poor) {
    findings.push({ side: 'document', code: 'portrait-small', blocking: false });
  }
  if (sharpness < limits.blurred.useless) {
    findings.push({ side: 'document', code: 'portrait-blurred', blocking: false });
  }
  return { findings, grey };
}

function remarksOnCompany([visitor, ...others]: readonly Face[]): Remark[] {
  const company = others.some(
    ({ box, mesh }) => mesh.presence >= surePresence && box.width >= visitor.box.width * beside,
  );
  return company ? [{ code: 'several-faces', blocking: true, instruction: 'one-person' }] : [];
}

/** What keeps the mesh from being sure that it sees a face, so that nothing can be compared. */
function remarksOnDoubt({ mesh }: Face, { pose, covered }: Measures): Remark[] {
  if (mesh.presence >= surePresence) return [];
  if (turnOf(pose) > limits.turned.poor) {
    return [{ code: 'face-turned', blocking: true, instruction: 'face-front' }];
  }
  if (covered > limits.covered.poor) {
    return [{ code: 'mouth-covered', blocking: true, instruction: 'uncover-mouth' }];
  }
  return [{ code: 'no-face', blocking: true, instruction: 'look-here' }];
}

/** The most useful first: light, then what hides the face, then where it is, then how it is held. */
function remarksOnPicture(
  { light, uneven, shadeOnEyes, covered, eyeDistance, pose, sharpness }: Measures,
  framing: Framing,
): Remark[] {
  const remarks = [
    below('too-dark', light.brightness, limits.dark, 'more-light'),
    above('too-bright', light.burnt, limits.bright, 'less-light'),
    above('mouth-covered', covered, limits.covered, 'uncover-mouth'),
    above('eyes-covered', shadeOnEyes, limits.shaded, 'uncover-eyes'),
    offCentre(framing),
    below('face-too-small', eyeDistance, limits.small, 'nearer'),
    large(framing),
    above('face-turned', turnOf(pose), limits.turned, 'face-front'),
    above('uneven-light', uneven, limits.uneven, 'even-light'),
    below('blurred', sharpness, limits.blurred, 'hold-still'),
  ];
  return remarks.filter((remark) => remark !== undefined);
}

function turnOf({ yaw, pitch }: Pose): number {
  return Math.max(Math.abs(yaw), Math.abs(pitch));
}

function above(
  code: FindingCode,
  measured: number,
  { poor, useless }: Limit,
  instruction: Instruction,
): Remark | undefined {
  return measured > poor ? { code, blocking: measured > useless, instruction } : undefined;
}

function below(
  code: FindingCode,
  measured: number,
  { poor, useless }: Limit,
  instruction: Instruction,
): Remark | undefined {
  return measured < poor ? { code, blocking: measured < useless, instruction } : undefined;
}

function offCentre(framing: Framing): Remark | undefined {
  if (framing.whole) return undefined;
  return { code: 'face-off-centre', blocking: true, instruction: directionTo(framing) ?? 'further' };
}

function large({ height }: Framing): Remark | undefined {
  return height > tooLarge ? { code: 'face-too-large', blocking: false, instruction: 'further' } : undefined;
}

/** Where to move before a camera, although the picture could be compared as it is. */
function guide(framing: Framing): Instruction {
  if (framing.height < goodHeight.least) return 'nearer';
  if (framing.height > goodHeight.most) return 'further';
  return directionTo(framing) ?? 'hold-still';
}

/** A product of how near to good each measure is, so that one bad one counts. */
function qualityOf(
  { mesh }: Face,
  { pose, light, covered, eyeDistance, eyesOpen, sharpness }: Measures,
): number {
  const part = (measured: number, good: number) => Math.min(Math.max(measured / good, 0), 1);
  const radians = Math.PI / 180;
  return (
    mesh.presence *
    Math.max(0, Math.cos(pose.yaw * radians) * Math.cos(pose.pitch * radians)) ** 2 *
    part(light.brightness, 80) *
    (1 - light.burnt) *
    part(eyeDistance, 60) *
    part(sharpness, 0.4) *
    part(eyesOpen, 0.08) *
    (1 / (1 + Math.exp(covered)))
  );
}
