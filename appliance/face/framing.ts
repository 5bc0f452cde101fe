import { type Instruction, type Outline, outlineStep } from '../protocol/vault.js';
import { apply, scaledRotation } from './affine.js';
import { boundsOf, centreOf } from './box.js';
import type { RgbImage } from './image.js';
import { type FaceMesh, rollOf } from './mesh.js';

/** The position of a face in its picture: the oval that it fills, in fractions of the picture's width and height. */
export type Framing = {
  /** The oval's centre. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** The oval's clockwise tilt, in radians. */
  readonly roll: number;
  /** Whether eyes, nose and mouth are all in the picture. */
  readonly whole: boolean;
};

/** Mesh points: the outer corners of the eyes, the tip of the nose, the corners of the mouth. */
const features = [33, 263, 4, 61, 291];

export function framingOf({ width, height }: RgbImage, mesh: FaceMesh): Framing {
  const roll = rollOf(mesh);
  const levelled = boundsOf(mesh.points.map((point) => apply(scaledRotation(1, -roll), point)));
  const middle = apply(scaledRotation(1, roll), centreOf(levelled));
  return {
    x: middle.x / width,
    y: middle.y / height,
    width: levelled.width / width,
    height: levelled.height / height,
    roll,
    whole: features.every((index) => {
      const { x, y } = mesh.points[index];
      return x >= 0 && x <= width && y >= 0 && y <= height;
    }),
  };
}

/** The fraction of a camera picture's height that a face should fill. */
export const goodHeight = { least: 0.25, most: 0.75 };

/** How far a face may be from the picture's centre, in fractions of its width and height. */
export const centreTolerance = 0.2;

/**
 * The direction in which the visitor should move to be centred, in their own left and right: for a camera that faces
 * them their left is on the right.
 */
export function directionTo({ x, y }: Framing): Instruction | undefined {
  const across = x - 0.5;
  const down = y - 0.5;
  if (Math.max(Math.abs(across), Math.abs(down)) <= centreTolerance) return undefined;
  if (Math.abs(across) >= Math.abs(down)) return across < 0 ? 'left' : 'right';
  return down > 0 ? 'up' : 'down';
}

/** The oval, mirrored. */
export function outlineOf({ x, y, width, height, roll }: Framing): Outline {
  return {
    x: hundredths(1 - x),
    y: hundredths(y),
    width: hundredths(width),
    height: hundredths(height),
    roll: 0 - inSteps((roll * 180) / Math.PI, outlineStep.roll),
  };
}

function hundredths(part: number): number {
  return Math.min(Math.max(inSteps(part * 100, outlineStep.place), 0), 100);
}

function inSteps(value: number, step: number): number {
  return Math.round(value / step) * step;
}
