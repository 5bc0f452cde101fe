import { groupOf, type Stratum, strata, strataOf, type Traits } from '../experiment/strata.js';

/** Some of all strangers: a stratum, or those of one gender in one group (an ethnicity, `east_asian`). */
export type StratumName =
  { readonly stratum: Stratum; readonly group: null } | { readonly stratum: 'group'; readonly group: string };

/** The name alone of what has one. */
export function nameOf(named: StratumName): StratumName {
  return named.stratum === 'group'
    ? { stratum: 'group', group: named.group }
    : { stratum: named.stratum, group: null };
}

/** The strata of a set of persons, and who belongs to which, by the places in `names`. */
export type Stratification = {
  readonly names: readonly StratumName[];
  /** Where two strangers belong. */
  readonly between: (one: number, other: number) => readonly number[];
  /** Where a person has a stranger. */
  readonly of: readonly ReadonlySet<number>[];
};

/** The strata in which at least two persons are: the easiest first, then the groups by name. */
export function stratify(traits: readonly Traits[]): Stratification {
  const keysOf = (one: Traits, other: Traits): string[] => {
    const group = groupOf(one, other);
    return [...strataOf(one, other), ...(group === undefined ? [] : [`group ${group}`])];
  };
  const keys = traits.map(
    (one, i) => new Set(traits.flatMap((other, j) => (i === j ? [] : keysOf(one, other)))),
  );
  const found = new Set(keys.flatMap((of) => [...of]));
  const ordered = [
    ...strata.filter((stratum) => found.has(stratum)),
    ...[...found].filter((key) => key.startsWith('group ')).toSorted(),
  ];
  const places = new Map(ordered.map((key, place) => [key, place]));
  return {
    names: ordered.map(nameAt),
    between: (one, other) => keysOf(traits[one], traits[other]).map((key) => places.get(key)!),
    of: keys.map((of) => new Set([...of].map((key) => places.get(key)!))),
  };
}

function nameAt(key: string): StratumName {
  const stratum = strata.find((name) => name === key);
  return stratum ? { stratum, group: null } : { stratum: 'group', group: key.slice('group '.length) };
}
