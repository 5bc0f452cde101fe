import * as z from 'zod';

const count = z.number().int().nonnegative();
const fraction = z.number().min(0).max(1);

/**
 * Of `comparisons` comparisons of two different people, `falseMatches` scored `similarity` or more. `upper95` is the
 * one-sided Clopper-Pearson bound: with 95 % confidence the true rate is below it.
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
/** A score, and the upper bound of its false match rate. */
export type Bound = Pick<z.infer<typeof point>, 'similarity' | 'upper95'>;

export const calibration = z.strictObject({
  /** Whose pictures, how many, and the limits of this calibration. */
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

/** The file that `terashi calibrate` writes: a calibration with its model and date. */
export const calibrationFile = calibration.extend({
  version: z.literal(1),
  /** sha256 of the recogniser's ONNX file, or of a fusion's members. The numbers are valid for this model only. */
  model: z.string().regex(/^[0-9a-f]{64}$/),
  /** The day it was made, `2026-11-22`. */
  date: z.iso.date(),
  pictures: z.number().int().positive(),
});
export type CalibrationFile = z.infer<typeof calibrationFile>;

/**
 * The false match rate at a score, as an upper bound with 95 % confidence. It is that of the highest calibrated point at
 * or below the score, since nothing was measured between two points.
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
