import type { Bilingual } from '../protocol/language.js';

/** A character that no editor shows, by its number in Unicode, and its place in the text, from 1. */
export type Unseen = { readonly character: string; readonly at: number };

/**
 * Unicode's controls and formats (zero-width spaces, soft hyphens, marks of direction), halves of pairs, line and
 * paragraph separators, and the fillers and the blank that count as letters or signs. A variation selector is none: it
 * chooses the form of the character before it.
 */
export const unseenClass = String.raw`\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u2800\u3164\uffa0`;

const unseen = new RegExp(`[${unseenClass}]`, 'u');
/** Around values TOML takes tabs and spaces, and no other blank. */
const unseenInLine = new RegExp(String.raw`(?![\t ])[${unseenClass}\p{Zs}]`, 'u');

/** The first character of a value that no editor shows. */
export function unseenInValue(text: string): Unseen | undefined {
  return firstOf(unseen, text);
}

/** The first character of a line of TOML that no editor shows, or that is a blank of another kind. */
export function unseenInToml(line: string): Unseen | undefined {
  return firstOf(unseenInLine, line);
}

export function withoutUnseen(text: string): string {
  return text.replace(new RegExp(unseen, 'gu'), '');
}

export function withPlainSpaces(line: string): string {
  return line.replace(new RegExp(unseenInLine, 'gu'), ' ');
}

function firstOf(pattern: RegExp, text: string): Unseen | undefined {
  const characters = Array.from(text);
  const index = characters.findIndex((character) => pattern.test(character));
  if (index === -1) return undefined;
  const code = characters[index].codePointAt(0)!;
  return { character: `U+${code.toString(16).toUpperCase().padStart(4, '0')}`, at: index + 1 };
}

/** The names of those that editors, web pages and word processors leave behind (The Unicode Standard, names list). */
const names: Readonly<Partial<Record<string, Bilingual>>> = {
  'U+0009': { ja: 'タブ', en: 'tab' },
  'U+000A': { ja: '改行', en: 'line feed' },
  'U+00A0': { ja: '改行しない空白', en: 'no-break space' },
  'U+00AD': { ja: '見えないハイフン', en: 'soft hyphen' },
  'U+200B': { ja: '幅のない空白', en: 'zero-width space' },
  'U+200C': { ja: '幅のない非結合子', en: 'zero-width non-joiner' },
  'U+200D': { ja: '幅のない結合子', en: 'zero-width joiner' },
  'U+200E': { ja: '左から右への印', en: 'left-to-right mark' },
  'U+200F': { ja: '右から左への印', en: 'right-to-left mark' },
  'U+2060': { ja: '単語結合子', en: 'word joiner' },
  'U+3000': { ja: '全角の空白', en: 'ideographic space' },
  'U+3164': { ja: 'ハングルの空白', en: 'Hangul filler' },
  'U+FEFF': { ja: '幅のない改行しない空白', en: 'zero-width no-break space' },
};

/** Which character it is, and where. */
export function unseenWords({ character, at }: Unseen): Bilingual {
  const name = names[character];
  return {
    ja: `${at}文字目に、目に見えない文字（${character}${name ? ` ${name.ja}` : ''}）があります。消して、打ち直してください。`,
    en: `character ${at} cannot be seen (${character}${name ? `, ${name.en}` : ''}). Delete it, and type the text again.`,
  };
}
