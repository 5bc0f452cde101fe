type Led = '●' | '○';

/** The four status lights from the left: ● lit, ○ dark. Their colours mean nothing. */
export type Row = `${Led}${Led}${Led}${Led}`;

/** A row and its duration. */
export type Frame = readonly [row: Row, milliseconds: number];

/** Frames that repeat; a single one is steady. */
export type Pattern = readonly Frame[];

export const dark: Row = '○○○○';
export const full: Row = '●●●●';

/** Whether each light of a row is lit, from the left. */
export function lit(row: Row): readonly boolean[] {
  return Array.from(row, (led) => led === '●');
}

export function rowOf(isLit: (index: number) => boolean): Row {
  return Array.from(dark, (_, index) => (isLit(index) ? '●' : '○')).join('') as Row;
}

/** The first `count` lights. */
export const bar = (count: number): Row => rowOf((index) => index < count);

export const times = (count: number, pattern: Pattern): Pattern =>
  Array.from({ length: count }, () => pattern).flat();

/** Rows in turn, each for so many milliseconds. */
export const run = (milliseconds: number, ...rows: readonly Row[]): Pattern =>
  rows.map((row) => [row, milliseconds]);

/** A row that flashes `count` times, on and off for so many milliseconds each. */
export const flash = (count: number, row: Row, milliseconds: number): Pattern =>
  times(count, run(milliseconds, row, dark));

export const cycleOf = (pattern: Pattern): number =>
  pattern.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);

/** The row that a pattern shows after `elapsed` milliseconds, and for how long it still does. */
export function frameAt(pattern: Pattern, elapsed: number): Frame {
  let left = elapsed % cycleOf(pattern);
  for (const [row, milliseconds] of pattern) {
    if (left < milliseconds) return [row, milliseconds - left];
    left -= milliseconds;
  }
  return pattern[0];
}
