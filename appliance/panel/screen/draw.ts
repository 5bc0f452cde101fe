import { plain } from '../../protocol/drawable.js';
import type { View } from '../view.js';
import { wordsIn } from '../words/said.js';
import { footer, header } from './bars.js';
import { buttons } from './buttons.js';
import { widthOf, wrap } from './cells.js';
import { blank, centre, indent, line, type Line, textOf } from './line.js';
import type { Part, Room } from './parts.js';
import { parts } from './scenes.js';
import { partLabels } from './set-clock.js';

export type Size = { readonly columns: number; readonly rows: number };

/** Every scene fits into this. */
export const smallest: Size = { columns: 80, rows: 24 };

/** Longer lines are hard to read. */
const widestColumn = 72;

export function fits(size: Size): boolean {
  return size.columns >= smallest.columns && size.rows >= smallest.rows;
}

/** Draws a view for a terminal of this size: exactly its rows, none wider than its columns. */
export function draw(view: View, size: Size): Line[] {
  return fits(size) ? drawScene(view, size) : askToEnlarge(view, size);
}

function drawScene(view: View, { columns, rows }: Size): Line[] {
  const words = wordsIn[view.language];
  const top = header(view, words, columns);
  const bottom = footer(view, words, columns);
  return [...top, ...middle(view, columns, rows - top.length - bottom.length), ...bottom];
}

/** The scene above its buttons, in the largest layout and with the most findings that fit. */
function middle(view: View, columns: number, height: number): Line[] {
  const width = Math.min(columns - 4, widestColumn);
  const margin = Math.floor((columns - width) / 2);
  const { labels, focus } = offered(view);
  for (const { tall, findings } of attempts) {
    const pressed = buttons(labels, focus, width, tall);
    const above = height - pressed.length - 1;
    const said = spread(parts(view, { width, height: above, tall, findings }), above);
    if (said.length > above) continue;
    return [...[...said, ...pressed].map((row) => indent(row, margin)), lastRow(view, said, columns)];
  }
  throw new RangeError(`${view.scene.name} does not fit into ${columns} by ${height} cells`);
}

/** The labels to choose from, and the one that Enter takes, if any. */
function offered({ scene, choices, focus, language }: View): { labels: string[]; focus: number | undefined } {
  const words = wordsIn[language];
  const labels = choices.map((choice) => words.choices[choice]);
  if (scene.name !== 'set-clock') return { labels, focus };
  return { labels: [...partLabels(scene, words), ...labels], focus: scene.stop };
}

const attempts: readonly Pick<Room, 'tall' | 'findings'>[] = [
  { tall: true, findings: 3 },
  { tall: true, findings: 2 },
  { tall: true, findings: 1 },
  { tall: false, findings: 2 },
  { tall: false, findings: 1 },
  { tall: false, findings: 0 },
];

/**
 * Puts blank rows between the parts, from the top, while there is room. A third of the remaining rows goes above, so
 * that the text stands a little above the middle.
 */
function spread(all: readonly Part[], height: number): Line[] {
  const shown = all.filter((part) => part.length > 0);
  const rows = shown.reduce((sum, part) => sum + part.length, 0);
  const gaps = Math.max(0, Math.min(height - rows, shown.length));
  const said = shown.flatMap((part, index) => (index < gaps ? [blank, ...part] : part));
  const free = Math.max(0, height - said.length);
  const over = Math.min(Math.floor(free / 3), 3);
  return [...blanks(over), ...said, ...blanks(free - over)];
}

function blanks(count: number): Line[] {
  return Array<Line>(count).fill(blank);
}

/** The countdown; else how to reach the technician, where the text names one. */
function lastRow({ language, secondsLeft, support }: View, said: readonly Line[], columns: number): Line {
  const words = wordsIn[language];
  if (secondsLeft !== undefined) return centre(line(words.secondsLeft(secondsLeft), 'strong'), columns);
  if (support === undefined || !names(said, words.technician)) return blank;
  return centre(line(words.support(plain(support)), 'strong'), columns);
}

/** Whether rows name somebody, perhaps across the end of a row. */
function names(rows: readonly Line[], who: string): boolean {
  const joined = (text: string) => text.replace(/\s/g, '');
  return joined(rows.map(textOf).join('')).includes(joined(who));
}

function askToEnlarge(view: View, { columns, rows }: Size): Line[] {
  const text = wordsIn[view.language].enlarge(smallest.columns, smallest.rows);
  const said = wrap(text, columns)
    .map((row) => (widthOf(row) <= columns ? row : ''))
    .slice(0, rows);
  return [...said.map((row) => line(row)), ...blanks(rows - said.length)];
}
