/**
 * Text width in terminal cells, as blessed and a UTF-8 terminal count it: two for East Asian wide characters, one for
 * all others that `plain` keeps.
 */

/** The characters of the Basic Multilingual Plane that both of blessed's tables call wide. */
const wide =
  /[\u2e80-\u2e99\u2e9b-\u2ef3\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312d\u3131-\u318e\u3220-\u3247\u3250-\u32fe\u3300-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6]/;
/** Letters, punctuation and half-width kana that every terminal draws in one cell. */
const narrow =
  /[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\uff61-\uff9f]/;
/** The Japanese printers' mark for a missing character. */
const geta = '〓';

/** Makes text from settings safe to show: composed, without controls or combining marks, unknown characters as 〓. */
export function plain(text: string): string {
  const composed = text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{M}]/gu, '');
  return Array.from(composed, (char) => (wide.test(char) || narrow.test(char) ? char : geta)).join('');
}

export function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += wide.test(char) ? 2 : 1;
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
