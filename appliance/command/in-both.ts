import { wordsIn } from '../panel/words/said.js';
import type { Said, Words } from '../panel/words/words.js';

/** What is said at the counter of something, in both languages. */
export function inBoth(words: (of: Words) => Said): { readonly ja: Said; readonly en: Said } {
  return { ja: words(wordsIn.ja), en: words(wordsIn.en) };
}

/** What is wrong, and where. */
export function linesAt(where: string, { ja, en }: { readonly ja: string; readonly en: string }): string {
  return `${where}\n  ${ja}\n  ${en}\n`;
}

/** What is said at the counter as text, one line a language. */
export function linesInBoth(words: (of: Words) => Said): string {
  return Object.values(inBoth(words))
    .map(({ what, remedy }) => `  ${`${what} ${remedy}`.replaceAll('\n', ' ')}\n`)
    .join('');
}
