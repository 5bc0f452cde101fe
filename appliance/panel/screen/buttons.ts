import { widthOf } from './cells.js';
import { blank, indent, lineWidth, type Line, type Style } from './line.js';

/** A button's rows, all of the same width. */
type Button = readonly Line[];

/**
 * The choices side by side, in as many rows as necessary. The focused one, if any, has an arrow and a double frame, to
 * be seen without colour. `tall` buttons are three rows high, others one.
 */
export function buttons(
  labels: readonly string[],
  focus: number | undefined,
  width: number,
  tall: boolean,
): Line[] {
  const draw = tall ? tallButton : flatButton;
  const rows = intoRows(
    labels.map((label, index) => draw(label, index === focus)),
    width,
  );
  return rows.flatMap((row) => beside(row, width));
}

function tallButton(label: string, focused: boolean): Button {
  const [nw, ne, sw, se, flat, side] = focused ? '╔╗╚╝═║' : '┌┐└┘─│';
  const style: Style = focused ? 'focus' : 'plain';
  const edge = flat.repeat(widthOf(label) + 3);
  return [`${nw}${edge}${ne}`, `${side}${face(label, focused)}${side}`, `${sw}${edge}${se}`].map((text) => [
    { text, style },
  ]);
}

function flatButton(label: string, focused: boolean): Button {
  return [[{ text: `[${face(label, focused)}]`, style: focused ? 'focus' : 'plain' }]];
}

function face(label: string, focused: boolean): string {
  return `${focused ? '► ' : '  '}${label} `;
}

const buttonWidth = (button: Button) => lineWidth(button[0]);
const rowWidth = (row: readonly Button[], gap: number) =>
  row.reduce((sum, button) => sum + buttonWidth(button), 0) + gap * (row.length - 1);

function intoRows(all: readonly Button[], width: number): Button[][] {
  const rows: Button[][] = [];
  for (const button of all) {
    const row = rows.at(-1);
    if (row && rowWidth([...row, button], 0) <= width) row.push(button);
    else rows.push([button]);
  }
  return rows;
}

/** Joins buttons of equal height row by row, two cells apart if there is room. */
function beside(row: readonly Button[], width: number): Line[] {
  const gap = [2, 1].find((cells) => rowWidth(row, cells) <= width) ?? 0;
  return row.reduce<Line[]>(
    (lines, button, index) =>
      button.map((part, y) => [...(lines[y] ?? blank), ...indent(part, index === 0 ? 0 : gap)]),
    [],
  );
}
