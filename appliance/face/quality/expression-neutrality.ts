import { type FaceMesh, rollOf } from '../mesh.js';
import { apart, eyeDistance, eyesToChin } from './landmarks.js';
import { measured, type Measured, sigmoid } from './value.js';

/** A shape of the face: what it is at rest, and how far it differs from person to person. */
type Rest = { readonly mean: number; readonly spread: number };

/**
 * Set on 22 faces of the packages face-api and human, many of which smile: for the mouth their lower quartiles, for the
 * brows their median, with about the spread that they show.
 */
const rest = {
  smile: { mean: 0.05, spread: 0.05 },
  mouthWidth: { mean: 0.81, spread: 0.08 },
  gape: { mean: 0.02, spread: 0.04 },
  brows: { mean: 0.168, spread: 0.025 },
} as const satisfies Record<string, Rest>;

/**
 * How far mouth and brows are from those of a face at rest, in spreads over people: corners of the mouth raised, mouth
 * wide, mouth open, brows raised or knitted. The standard has a net and a classifier for this; the mesh alone misses
 * what shows in wrinkles, and somebody's own face at rest may smile.
 */
export function expressionNeutrality(mesh: FaceMesh): Measured {
  const off = Math.hypot(
    from(rest.smile, smile(mesh)),
    from(rest.mouthWidth, apart(mesh.points[61], mesh.points[291]) / eyeDistance(mesh)),
    from(rest.gape, apart(mesh.points[13], mesh.points[14]) / eyesToChin(mesh)),
    from(rest.brows, browHeight(mesh)),
  );
  return measured(Math.min(off, 100), 100 * (1 - sigmoid(off, 3, 0.7)));
}

function from({ mean, spread }: Rest, value: number): number {
  return (value - mean) / spread;
}

/** How far the corners of the mouth are above the middle of the lips, in widths of the mouth. */
function smile(mesh: FaceMesh): number {
  const [left, right, above, below] = [61, 291, 13, 14].map((index) => levelY(mesh, index));
  return ((above + below) / 2 - (left + right) / 2) / apart(mesh.points[61], mesh.points[291]);
}

/** From the upper lids to the brows, in lengths from eyes to chin. */
function browHeight(mesh: FaceMesh): number {
  const [left, right, leftBrow, rightBrow] = [159, 386, 105, 334].map((index) => levelY(mesh, index));
  return (left + right - leftBrow - rightBrow) / 2 / eyesToChin(mesh);
}

/** How far down a point lies once the eyes are level. */
function levelY(mesh: FaceMesh, index: number): number {
  const { x, y } = mesh.points[index];
  const roll = rollOf(mesh);
  return y * Math.cos(roll) - x * Math.sin(roll);
}
