import * as z from 'zod';

/** The panels' languages, in the order in which the language key goes round; each has a file in `panel/words`. */
export const language = z.enum(['ja', 'en']);
export type Language = z.infer<typeof language>;

export function nextLanguage(now: Language): Language {
  const all = language.options;
  return all[(all.indexOf(now) + 1) % all.length];
}

/** The two languages of command lines, reports and error messages, which print one beside the other. */
export type Bilingual<T = string> = { readonly ja: T; readonly en: T };
