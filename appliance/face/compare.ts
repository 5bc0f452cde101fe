import type { Measure } from './manifest.js';
import type { Template } from './template.js';

/** The Euclidean distance of two templates. */
export function distance(one: Template, other: Template): number {
  let sum = 0;
  // A plain loop, since the workbench calls this a hundred million times.
  for (let i = 0; i < one.length; i++) {
    const difference = one[i] - other[i];
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** The cosine similarity of two templates; 0 if either is zero. */
export function cosine(one: Template, other: Template): number {
  const dot = (a: Template, b: Template) => a.reduce((sum, value, i) => sum + value * b[i], 0);
  const lengths = Math.sqrt(dot(one, one) * dot(other, other));
  return lengths > 0 ? dot(one, other) / lengths : 0;
}

/**
 * The similarity score of two templates: 1 for the same picture, 0 for nothing alike, rounded to 1e-4.
 *
 * @param by the measure of the models that made them
 */
export function similarity(one: Template, other: Template, by: Measure): number {
  return Math.round(Math.min(1, Math.max(0, likeness(one, other, by))) * 1e4) / 1e4;
}

/** At most 1; below 0 for some strangers. */
function likeness(one: Template, other: Template, by: Measure): number {
  if (by === 'cosine') return cosine(one, other);
  if (by === 'euclidean') return 1 - distance(one, other);
  let sum = 0;
  let from = 0;
  for (const { by: measure, length, share } of by) {
    const to = from + length;
    sum += share * likeness(one.subarray(from, to), other.subarray(from, to), measure);
    from = to;
  }
  return sum;
}
