import * as z from 'zod';

const count = z.number().int().nonnegative();
const fraction = z.number().min(0).max(1);

/** `falseMatches` comparisons scored `similarity` or more. With 95 % confidence their true rate is below `upper95`. */
const point = z.strictObject({ similarity: fraction, falseMatches: count, upper95: fraction });
/** A score, and the upper bound of its false match rate. */
export type Bound = Pick<z.infer<typeof point>, 'similarity' | 'upper95'>;

/** Which strangers were compared, from the easiest to the hardest. Each includes those after it. */
export const strangers = z.enum([
  'any',
  'sameGender',
  /** Of one gender and one group, and about the same age. */
  'alike',
]);
export type Strangers = z.infer<typeof strangers>;

const stratum = z
  .strictObject({
    /** Persons who were compared with at least one stranger. */
    people: z.number().int().min(2),
    /** How many of them are in each group, such as `east_asian`, as far as they say. */
    groups: z.record(z.string().regex(/^[\p{L}\p{M}\p{N}_]{1,40}$/u), z.number().int().positive()),
    comparisons: z.number().int().positive(),
    /** How many comparisons they are worth, since those that share a person are not independent. */
    independent: z.number().int().positive(),
    points: z
      .array(point)
      .min(1)
      .max(100)
      .refine((points) => points[0]?.similarity === 0, 'the first point must be at similarity 0')
      .refine(rises, 'similarities must rise and their bounds must not'),
  })
  .refine(({ independent, comparisons }) => independent <= comparisons, 'more independent than made')
  .refine(
    ({ points, comparisons }) =>
      points.every(({ falseMatches, upper95 }) => falseMatches / comparisons <= upper95),
    'upper95 below the share seen',
  );
export type CalibratedStratum = z.infer<typeof stratum>;

export const calibration = z.strictObject({
  /** Whose pictures, how many, and the limits of this calibration. */
  data: z.string().min(1).max(1000),
  strata: z.strictObject({ any: stratum, sameGender: stratum.optional(), alike: stratum.optional() }),
});
export type Calibration = z.infer<typeof calibration>;

/** The file that `terashi calibrate` writes: a calibration with its model and date. Version 1 had no strata. */
export const calibrationFile = calibration.extend({
  version: z.literal(2),
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
