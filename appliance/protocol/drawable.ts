import { vlGothicHas } from './vl-gothic.js';

/** The characters of the Basic Multilingual Plane that both of blessed's tables call wide. */
const wide =
  /[\u2e80-\u2e99\u2e9b-\u2ef3\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312d\u3131-\u318e\u3220-\u3247\u3250-\u32fe\u3300-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff01-\uff60\uffe0-\uffe6]/;
/** Letters, punctuation and half-width kana that every terminal draws in one cell. */
const narrow =
  /[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\uff61-\uff9f]/;
/** The Japanese printers' mark for a missing character. */
const geta = '〓';

export function isWide(character: string): boolean {
  return wide.test(character);
}

/** Makes text from settings safe to show: composed, without controls or combining marks, what cannot be drawn as 〓. */
export function plain(text: string): string {
  return Array.from(composed(text), (character) => (isDrawable(character) ? character : geta)).join('');
}

/** The characters of a text that the screen of a box shows as 〓, each once. */
export function undrawable(text: string): string[] {
  return [...new Set(composed(text))].filter((character) => !isDrawable(character));
}

function composed(text: string): string {
  return text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\p{M}]/gu, '');
}

/** Whether terminals agree on its width and the font of a box has it. */
function isDrawable(character: string): boolean {
  return (isWide(character) || narrow.test(character)) && vlGothicHas(character);
}
