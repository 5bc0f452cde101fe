import type { Calibration } from './manifest.js';
import type { Template } from './template.js';

/** How far apart two templates are: the Euclidean distance. */
export function distance(one: Template, other: Template): number {
  return Math.sqrt(one.reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0));
}

/** The similarity score of two templates: 1 for the same picture, 0 for nothing alike, rounded to 1e-4. */
export function similarity(one: Template, other: Template): number {
  return Math.round(Math.max(0, 1 - distance(one, other)) * 1e4) / 1e4;
}

/**
 * The share of strangers who score at least this high, as an upper bound with 95 % confidence: that of the
 * highest calibrated point at or under the score, since between two points nothing was measured.
 */
export function falseMatchRate({ points }: Calibration, score: number): number {
  return points.findLast((point) => point.similarity <= score)?.upper95 ?? 1;
}
