import type { Box } from './box.js';

/**
 * Non-maximum suppression: of boxes that overlap by more than `mostCovered` of the smaller one's area, keeps the one
 * with the highest score. The smaller area, instead of the usual union, because a face that fills the picture is
 * detected again in its own cheek.
 *
 * @returns the remaining boxes, the highest score first
 */
export function suppressNonMaxima<T extends { readonly box: Box; readonly score: number }>(
  candidates: readonly T[],
  mostCovered: number,
): T[] {
  const kept: T[] = [];
  for (const candidate of candidates.toSorted((one, other) => other.score - one.score)) {
    if (kept.every((strong) => overlap(strong.box, candidate.box) <= mostCovered)) kept.push(candidate);
  }
  return kept;
}

/** The intersection of two boxes relative to the smaller one's area. */
export function overlap(one: Box, other: Box): number {
  const width = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x);
  const height = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / Math.min(one.width * one.height, other.width * other.height);
}
