// The practice card's text as strokes on a square of 100: a new machine may have no font.
const strokes: Record<string, string> = {
  練:
    'M22 6 L10 26 L24 26 M36 18 L12 48 L38 46 M25 48 V94 M14 62 L8 78 M36 60 L42 74 ' +
    'M48 20 H96 M54 34 H90 V60 H54 Z M54 47 H90 M72 6 V94 M70 62 L48 86 M74 62 L97 86',
  習:
    'M12 12 H44 V44 L36 42 M18 22 L26 28 M12 42 L30 32 M56 12 H90 V44 L82 42 M62 22 L70 28 M56 42 L76 32 ' +
    'M48 48 L40 58 M24 58 H78 V94 H24 Z M24 76 H78',
  用: 'M20 10 H82 V84 L72 92 M20 10 V54 L8 92 M20 36 H82 M20 60 H82 M51 10 V92',
  S: 'M80 20 C66 4 22 6 24 30 C26 52 80 46 80 72 C80 98 30 96 18 78',
  A: 'M14 92 L50 8 L86 92 M28 62 H72',
  M: 'M12 92 V8 L50 62 L88 8 V92',
  P: 'M22 92 V8 H54 C90 8 90 54 54 54 H22',
  L: 'M24 8 V92 H80',
  E: 'M80 8 H24 V92 H80 M24 48 H70',
};

/** A line of text as an SVG element, `size` pixels high, with its top left corner at x, y. */
export function strokedText(text: string, x: number, y: number, size: number, colour: string): string {
  const letters = Array.from(
    text,
    (letter, i) => `<path transform="translate(${i * 110})" d="${strokes[letter]}"/>`,
  );
  return `<g transform="translate(${x} ${y}) scale(${size / 100})" fill="none" stroke="${colour}"
    stroke-width="8" stroke-linecap="round" stroke-linejoin="round">${letters.join('')}</g>`;
}
