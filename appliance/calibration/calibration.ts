import * as z from 'zod';

const count = z.number().int().nonnegative();
const fraction = z.number().min(0).max(1);

/**
 * How well a recogniser tells strangers apart: of `comparisons` comparisons of two different people,
 * `falseMatches` scored `similarity` or more. `upper95` is the one-sided Clopper-Pearson bound: the true share
 * lies below it with 95 % confidence.
 */
const point = z
  .strictObject({
    similarity: fraction,
    falseMatches: count,
    comparisons: z.number().int().positive(),
    upper95: fraction,
  })
  .refine((point) => point.falseMatches <= point.comparisons, 'more false matches than comparisons')
  .refine((point) => point.upper95 >= point.falseMatches / point.comparisons, 'upper95 below the share seen');
/** A score, and the bound of the share of strangers who reach it. */
export type Bound = Pick<z.infer<typeof point>, 'similarity' | 'upper95'>;

export const calibration = z.strictObject({
  /** Whose pictures, how many, and why not to trust it too far. */
  data: z.string().min(1).max(1000),
  people: z.number().int().positive(),
  points: z
    .array(point)
    .min(1)
    .max(100)
    .refine((points) => points[0]?.similarity === 0, 'the first point must be at similarity 0')
    .refine(rises, 'similarities must rise and their bounds must not'),
});
export type Calibration = z.infer<typeof calibration>;

/** What `terashi calibrate` writes: a calibration that says which model it was made with, and when. */
export const calibrationFile = calibration.extend({
  version: z.literal(1),
  /** The sha256 of the recogniser's ONNX file; with any other model the numbers mean nothing. */
  model: z.string().regex(/^[0-9a-f]{64}$/),
  /** The day it was made, `2026-11-22`. */
  date: z.iso.date(),
  pictures: z.number().int().positive(),
});
export type CalibrationFile = z.infer<typeof calibrationFile>;

/**
 * The share of strangers who score at least this high, as an upper bound with 95 % confidence: that of the
 * highest calibrated point at or under the score, since between two points nothing was measured.
 */
export function falseMatchRate(bounds: readonly Bound[], score: number): number {
  return bounds.findLast(({ similarity }) => similarity <= score)?.upper95 ?? 1;
}

function rises(points: readonly Bound[]): boolean {
  return points.every((point, index) => {
    const before = points.at(index - 1)!;
    return index === 0 || (point.similarity > before.similarity && point.upper95 <= before.upper95);
  });
}
