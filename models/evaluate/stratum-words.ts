import type { StratumName } from './stratification.js';

/** A name in both languages. */
export type Name = { readonly ja: string; readonly en: string };

/** `alike` is explained in the notes: same gender and group, ages within 5 years. */
const names = {
  any: { ja: '別人すべて', en: 'any two' },
  sameGender: { ja: '同じ性別', en: 'same gender' },
  alike: { ja: '似た別人', en: 'alike' },
} as const;

/** Japanese for the groups that people.csv files often have; others are shown as they are written there. */
const groups: Readonly<Record<string, string>> = {
  east_asian: '東アジア',
  west_asian: '西アジア',
  south_asian: '南アジア',
  southeast_asian: '東南アジア',
  black: '黒人',
  white: '白人',
};

/** The name of a stratum; not escaped for HTML, but people.csv admits letters, digits and `_` only. */
export function stratumWords({ stratum, group }: StratumName): Name {
  if (stratum !== 'group') return names[stratum];
  const written = group.replaceAll('_', ' ');
  return { ja: `${groups[group] ?? written}・同じ性別`, en: `${written}, same gender` };
}
