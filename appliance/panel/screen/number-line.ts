import { widthOf } from './cells.js';
import { line, type Line } from './line.js';

export type Mark = { readonly value: number; readonly label: string };

/** A line from 0 to 1 with the threshold marked above and the similarity below: three rows of at most `width` cells. */
export function numberLine(similarity: Mark, threshold: Mark, width: number): Line[] {
  const length = width - 4;
  const column = (mark: Mark) => Math.round(mark.value * (length - 1));
  const rule = Array<string>(length).fill('─');
  rule[0] = '├';
  rule[length - 1] = '┤';
  rule[column(threshold)] = '┴';
  rule[column(similarity)] = column(similarity) === column(threshold) ? '┼' : '┬';
  return [
    line(' '.repeat(2) + flag(threshold.label, column(threshold), ['┐', '┌'])),
    line(`0 ${rule.join('')} 1`, 'strong'),
    line(' '.repeat(2) + flag(similarity.label, column(similarity), ['┘', '└'])),
  ];
}

/** A label that points at `column`: from the left if there is room, else from the right. */
function flag(label: string, column: number, [left, right]: readonly [string, string]): string {
  const room = column - widthOf(label) - 1;
  return room >= 0 ? `${' '.repeat(room)}${label} ${left}` : `${' '.repeat(column)}${right} ${label}`;
}

/** Formats both numbers with the fewest decimals, at least two, that keep them apart: 0.4496 must not look like 0.45. */
export function decimals(similarity: number, threshold: number): [similarity: string, threshold: string] {
  for (let digits = 2; ; digits++) {
    const said: [string, string] = [similarity.toFixed(digits), threshold.toFixed(digits)];
    if (said[0] !== said[1] || similarity === threshold || digits === 8) return said;
  }
}
