import { readFileSync } from 'node:fs';

import { stringify } from 'smol-toml';

import { installation } from '../../../appliance/installation.js';
import { isKey, pathOf, type SettingKey } from '../../../appliance/settings/settings.js';

/** Says of the annotated file that every value is a default, which is untrue of a box's own. */
const allDefaults = '書いてある値は、どれも何も書かないときの値（既定値）です。';

const template = readFileSync(installation.settings, 'utf8').split('\n');

/** Where each setting stands in the annotated file, as a line or as a comment. */
export const places: ReadonlyMap<SettingKey, number> = placesIn(template);

/**
 * The annotated settings file with a box's values in place of the defaults: whoever edits it in the town hall finds the
 * same explanations.
 *
 * @param name of the box
 */
export function settingsText(name: string, values: ReadonlyMap<SettingKey, unknown>): string {
  const lines = [...template];
  for (const [key, value] of values) lines[places.get(key)!] = assignment(key, value);
  const own = [...values.keys()].join(', ');
  return lines
    .join('\n')
    .replace(
      allDefaults,
      () => `${name} のために書いた値:\n# ${own}\n# ほかの値は、どれも何も書かないときの値（既定値）です。`,
    );
}

function assignment(key: SettingKey, value: unknown): string {
  const [, name] = pathOf(key);
  return stringify({ [name]: value }).trim();
}

function placesIn(lines: readonly string[]): Map<SettingKey, number> {
  const found = new Map<SettingKey, number>();
  let table = '';
  for (const [i, line] of lines.entries()) {
    table = /^\[([a-z]+)\]$/.exec(line)?.[1] ?? table;
    const name = /^(?:# )?([a-z0-9-]+) = /.exec(line)?.[1];
    const key = `${table}.${name}`;
    if (name !== undefined && isKey(key) && !found.has(key)) found.set(key, i);
  }
  return found;
}
