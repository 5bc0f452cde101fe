import type { Template } from './template.js';

/** How far apart two templates are: the Euclidean distance. */
export function distance(one: Template, other: Template): number {
  let sum = 0;
  // A plain loop: the workbench comes here a hundred million times.
  for (let i = 0; i < one.length; i++) {
    const difference = one[i] - other[i];
    sum += difference * difference;
  }
  return Math.sqrt(sum);
}

/** The similarity score of two templates: 1 for the same picture, 0 for nothing alike, rounded to 1e-4. */
export function similarity(one: Template, other: Template): number {
  return Math.round(Math.max(0, 1 - distance(one, other)) * 1e4) / 1e4;
}
