import { type Strangers, strangers } from '../../appliance/calibration/calibration.js';

/** What a person says of themselves; undefined where they do not. */
export type Traits = {
  /** In years. */
  readonly age: number | undefined;
  readonly gender: string | undefined;
  readonly ethnicity: string | undefined;
};

/** From the easiest strangers to the hardest. Each stratum includes those after it. */
export const strata = strangers.options;
export type Stratum = Strangers;

/** Two persons are about the same age up to this difference, in years. */
const aboutTheSameAge = 5;

/**
 * The hardest stratum of two strangers: `alike` if gender and ethnicity are the same and the ages within 5 years,
 * `sameGender` if only the gender is. Nothing equals what is not known.
 */
export function stratumOf(one: Traits, other: Traits): Stratum {
  if (!equal(one.gender, other.gender)) return 'any';
  return equal(one.ethnicity, other.ethnicity) && ofOneAge(one, other) ? 'alike' : 'sameGender';
}

/** All strata of two strangers, up to the hardest. */
export function strataOf(one: Traits, other: Traits): readonly Stratum[] {
  return strata.slice(0, strata.indexOf(stratumOf(one, other)) + 1);
}

/** The group in which two persons of the same gender are: their ethnicity, `east_asian`; undefined if they share none. */
export function groupOf(one: Traits, other: Traits): string | undefined {
  return equal(one.gender, other.gender) && equal(one.ethnicity, other.ethnicity) ? one.ethnicity : undefined;
}

/** The strata in which at least two persons are, the easiest first. */
export function strataAmong(persons: readonly Traits[]): readonly Stratum[] {
  const found = new Set(
    persons.flatMap((one, i) => persons.slice(i + 1).map((other) => stratumOf(one, other))),
  );
  const hardest = strata.findLastIndex((stratum) => found.has(stratum));
  return strata.slice(0, hardest + 1);
}

function equal(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && one === other;
}

function ofOneAge({ age: one }: Traits, { age: other }: Traits): boolean {
  return one !== undefined && other !== undefined && Math.abs(one - other) <= aboutTheSameAge;
}
