import type { Path } from './key-lines.js';
import { keysOf, pathOf, type SettingKey, settingKeys, type TableName, tableNames } from './settings.js';
import { longestTypo, plain, slips, slipsAllowed } from './spelling.js';

/** The setting or table that an unknown name is probably a typo of; undefined if none is close. */
export function meantBy(path: Path): SettingKey | TableName | undefined {
  const [table, key] = path;
  const known = tableNames.find((name) => name === table);
  if (key === undefined) return nearest(table, tableNames, (name) => name) ?? elsewhere(table);
  return known && (nearest(key, keysOf(known), nameOf) ?? elsewhere(key));
}

/** A valid name under the wrong heading, or above all headings. */
function elsewhere(name: string): SettingKey | undefined {
  const [only, ...more] = settingKeys.filter((key) => plain(nameOf(key)) === plain(name));
  return more.length === 0 ? only : undefined;
}

function nearest<T extends string>(
  written: string,
  all: readonly T[],
  named: (one: T) => string,
): T | undefined {
  if (written.length > longestTypo) return undefined;
  const near = all
    .map((one) => ({ one, slips: slips(plain(written), plain(named(one))) }))
    .filter(({ one, slips }) => slips <= slipsAllowed(named(one)))
    .sort((one, other) => one.slips - other.slips);
  const [first, second] = [near.at(0), near.at(1)];
  return first && first.slips !== second?.slips ? first.one : undefined;
}

const nameOf = (key: SettingKey) => pathOf(key)[1];
