import { isWide } from '../../protocol/drawable.js';

/**
 * Text width in terminal cells, as blessed and a UTF-8 terminal count it: two for East Asian wide characters, one for
 * all others that `plain` keeps.
 */
export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += isWide(char) ? 2 : 1;
  return width;
}

/**
 * A piece of text without a line break. A line may end after the hiragana that close a Japanese phrase, before an
 * opening bracket, after a closing mark, or at a space.
 */
const piece =
  /[（「『]*[^\s\p{Script=Hiragana}（「『）」』、。]*\p{Script=Hiragana}*[）」』、。]+|[（「『]*[^\s\p{Script=Hiragana}（「『）」』、。]+\p{Script=Hiragana}*|[（「『]*\p{Script=Hiragana}+|[（「『]+|\s+/gu;

/** Breaks text into lines of at most `width` cells: at line feeds, between phrases, or else anywhere. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((paragraph) => wrapParagraph(paragraph, width));
}

function wrapParagraph(paragraph: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const phrase of paragraph.match(piece) ?? []) {
    for (const part of widthOf(phrase) > width ? Array.from(phrase) : [phrase]) {
      if (widthOf(line) + widthOf(part) <= width) {
        line += part;
      } else {
        lines.push(line.trimEnd());
        line = part.trimStart();
      }
    }
  }
  return [...lines, line.trimEnd()];
}
