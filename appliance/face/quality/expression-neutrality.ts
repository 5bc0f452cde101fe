import { type FaceMesh, rollOf } from '../mesh.js';
import { distanceBetween, eyeDistance, eyesToChin } from './landmarks.js';
import { measured, type Measured, sigmoid } from './value.js';

/** A feature of a face at rest: its mean and its standard deviation over people. */
type Neutral = { readonly mean: number; readonly deviation: number };

/**
 * Set on 22 faces of the packages face-api and human, many of them smiling: lower quartiles for the mouth, the median
 * for the brows, and roughly the observed deviations.
 */
const neutral = {
  smile: { mean: 0.05, deviation: 0.05 },
  mouthWidth: { mean: 0.81, deviation: 0.08 },
  gape: { mean: 0.02, deviation: 0.04 },
  brows: { mean: 0.168, deviation: 0.025 },
} as const satisfies Record<string, Neutral>;

/**
 * The distance of mouth and brows from a neutral face, in standard deviations over people: raised corners of the
 * mouth, a wide or open mouth, raised or knitted brows. The standard uses a net and a classifier. The mesh alone
 * misses wrinkles, and some people's neutral faces smile.
 */
export function expressionNeutrality(mesh: FaceMesh): Measured {
  const distance = Math.hypot(
    deviationsFrom(neutral.smile, smile(mesh)),
    deviationsFrom(
      neutral.mouthWidth,
      distanceBetween(mesh.points[61], mesh.points[291]) / eyeDistance(mesh),
    ),
    deviationsFrom(neutral.gape, distanceBetween(mesh.points[13], mesh.points[14]) / eyesToChin(mesh)),
    deviationsFrom(neutral.brows, browHeight(mesh)),
  );
  return measured(Math.min(distance, 100), 100 * (1 - sigmoid(distance, 3, 0.7)));
}

function deviationsFrom({ mean, deviation }: Neutral, value: number): number {
  return (value - mean) / deviation;
}

/** Height of the mouth's corners above the middle of the lips, in mouth widths. */
function smile(mesh: FaceMesh): number {
  const [left, right, above, below] = [61, 291, 13, 14].map((index) => levelY(mesh, index));
  return ((above + below) / 2 - (left + right) / 2) / distanceBetween(mesh.points[61], mesh.points[291]);
}

/** Height of the brows above the upper lids, relative to the distance from eyes to chin. */
function browHeight(mesh: FaceMesh): number {
  const [left, right, leftBrow, rightBrow] = [159, 386, 105, 334].map((index) => levelY(mesh, index));
  return (left + right - leftBrow - rightBrow) / 2 / eyesToChin(mesh);
}

/** The y coordinate of a point with the eyes levelled. */
function levelY(mesh: FaceMesh, index: number): number {
  const { x, y } = mesh.points[index];
  const roll = rollOf(mesh);
  return y * Math.cos(roll) - x * Math.sin(roll);
}
