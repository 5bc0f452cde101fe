import { wordsIn } from './said.js';
import type { Said, Words } from './words.js';

/** The counter's words for something, in both languages. */
export function inBothLanguages<T>(choose: (words: Words) => T): { readonly ja: T; readonly en: T } {
  return { ja: choose(wordsIn.ja), en: choose(wordsIn.en) };
}

/** The same as text, one line per language. */
export function bilingualLines(choose: (words: Words) => Said): string {
  return Object.values(inBothLanguages(choose))
    .map(({ what, remedy }) => `  ${`${what} ${remedy}`.replaceAll('\n', ' ')}\n`)
    .join('');
}

/** A place, such as a file or a line, and what is wrong there. */
export function linesAt(where: string, { ja, en }: { readonly ja: string; readonly en: string }): string {
  return `${where}\n  ${ja}\n  ${en}\n`;
}
