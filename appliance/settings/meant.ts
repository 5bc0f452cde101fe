import type { Path } from './key-lines.js';
import { keysOf, pathOf, type SettingKey, settingKeys, type TableName, tableNames } from './settings.js';

/** The setting or table that an unknown name is probably a typo of; undefined if none is close. */
export function meantBy(path: Path): SettingKey | TableName | undefined {
  const [table, key] = path;
  const known = tableNames.find((name) => name === table);
  if (key === undefined) return nearest(table, tableNames, (name) => name) ?? elsewhere(table);
  return known && (nearest(key, keysOf(known), nameOf) ?? elsewhere(key));
}

/** A valid name under the wrong heading, or above all headings. */
function elsewhere(name: string): SettingKey | undefined {
  const [only, ...more] = settingKeys.filter((key) => nameOf(key) === name);
  return more.length === 0 ? only : undefined;
}

function nearest<T extends string>(
  written: string,
  all: readonly T[],
  named: (one: T) => string,
): T | undefined {
  // Longer names are no typos, and slow to compare.
  if (written.length > 30) return undefined;
  const near = all
    .map((one) => ({ one, slips: slips(written.toLowerCase(), named(one)) }))
    .filter(({ one, slips }) => slips <= Math.min(2, named(one).length / 3))
    .sort((one, other) => one.slips - other.slips);
  const [first, second] = [near.at(0), near.at(1)];
  return first && first.slips !== second?.slips ? first.one : undefined;
}

const nameOf = (key: SettingKey) => pathOf(key)[1];

/** Edit distance: insertions, deletions and substitutions (Levenshtein 1966). */
function slips(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [index, letter] of Array.from(one).entries()) {
    const above = row;
    row = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const changed = above[column - 1] + (letter === other[column - 1] ? 0 : 1);
      row.push(Math.min(changed, above[column] + 1, row[column - 1] + 1));
    }
  }
  return row[other.length];
}
