import { undrawable } from '../protocol/drawable.js';
import type { Bilingual } from '../protocol/language.js';
import { type SettingKey, type Settings, valueOf } from './settings.js';

/** A setting that the screen shows, with its characters that no box can draw. */
export type Undrawable = { readonly key: SettingKey; readonly characters: readonly string[] };

const shown: readonly SettingKey[] = [
  'place.municipality',
  'place.counter',
  'place.support',
  'visit.if-declined',
];

/** The settings that are right and in force, but that the screen shows with 〓 for some characters. */
export function undrawableIn(settings: Settings): Undrawable[] {
  return shown
    .map((key) => ({ key, characters: undrawable(valueOf(settings, key) as string) }))
    .filter(({ characters }) => characters.length > 0);
}

export function undrawableWords({ key, characters }: Undrawable): Bilingual {
  const named = characters.map(
    (character) =>
      `${character}（U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}）`,
  );
  return {
    ja: `${key}: 装置の画面の字にないので〓と出る文字があります: ${named.join('、')}。記録には、書いたとおり残ります。`,
    en: `${key}: the screen of a box cannot draw ${named.join(', ')}, and shows 〓. Records keep what is written.`,
  };
}
