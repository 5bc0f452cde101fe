import type { Instruction, Outline } from '../../protocol/vault.js';
import type { Direction } from '../words/words.js';
import { widthOf } from './cells.js';
import { line, type Line } from './line.js';

/** Target position of the head, in hundredths of the frame: the middle, about half the frame's height. */
export const aim: Outline = { x: 50, y: 50, width: 28, height: 50, roll: 0 };

/** Height of a terminal cell relative to its width. */
const cellHeight = 2;
const frameShape = 4 / 3;

export type Guidance = {
  readonly instruction: Instruction;
  readonly face: Outline | undefined;
  readonly arrows: Readonly<Record<Direction, string>>;
};

/**
 * A mirror of `height` rows, drawn with characters: the target, the face, and an arrow for where to move. Never the
 * picture.
 */
export function guidance({ instruction, face, arrows }: Guidance, width: number, height: number): Line[] {
  const widest = width - 2 * (besideWidth + 1);
  const rows = Math.min(height - 2, Math.floor(widest / cellHeight / frameShape));
  const inside = { columns: Math.round(rows * cellHeight * frameShape), rows };
  const glass = frame(ovals(face, inside.columns, inside.rows));
  const margin = Math.floor((width - inside.columns - 2) / 2);
  const [left, right] = besides(instruction, arrows);
  return glass.map((row, y) => {
    const from = Math.floor((rows - 2) / 2);
    return line(beside(left[y - from], margin) + row + beside(right[y - from], margin).trimEnd());
  });
}

function frame(rows: readonly string[]): string[] {
  const edge = '─'.repeat(rows[0].length);
  return [`┌${edge}┐`, ...rows.map((row) => `│${row}│`), `└${edge}┘`];
}

function ovals(face: Outline | undefined, columns: number, rows: number): string[] {
  const grid = Array.from({ length: rows }, () => Array<string>(columns).fill(' '));
  plot(grid, aim, '.');
  if (face) plot(grid, face, '#');
  return grid.map((row) => row.join(''));
}

/** Draws the outline of an oval, clipped to the frame. */
function plot(grid: string[][], oval: Outline, char: string): void {
  const rows = grid.length;
  const columns = grid[0].length;
  const radius = { x: ((oval.width / 100) * columns) / 2, y: ((oval.height / 100) * rows * cellHeight) / 2 };
  const roll = (oval.roll * Math.PI) / 180;
  for (let step = 0; step < 360; step++) {
    const angle = (step * Math.PI) / 180;
    const [x, y] = [radius.x * Math.cos(angle), radius.y * Math.sin(angle)];
    const column = Math.floor((oval.x / 100) * columns + x * Math.cos(roll) - y * Math.sin(roll));
    const row = Math.floor((oval.y / 100) * rows + (x * Math.sin(roll) + y * Math.cos(roll)) / cellHeight);
    if (row >= 0 && row < rows && column >= 0 && column < columns) grid[row][column] = char;
  }
}

const pointer = {
  left: ['  /       ', ' <======= ', '  \\       '],
  right: ['       \\  ', ' =======> ', '       /  '],
  up: ['    /\\    ', '    ||    ', '    ||    '],
  down: ['    ||    ', '    ||    ', '    \\/    '],
} as const;
const nothing: readonly string[] = [];
/** Width of an arrow, in cells. */
const besideWidth = 10;

/** The columns left and right of the frame: an arrow of three rows and its word. */
function besides(
  instruction: Instruction,
  words: Guidance['arrows'],
): [left: readonly string[], right: readonly string[]] {
  switch (instruction) {
    case 'left':
    case 'turn-left':
      return [[...pointer.left, words[instruction]], nothing];
    case 'right':
    case 'turn-right':
      return [nothing, [...pointer.right, words[instruction]]];
    case 'up':
    case 'turn-up':
      return [nothing, [...pointer.up, words[instruction]]];
    case 'down':
    case 'turn-down':
      return [nothing, [...pointer.down, words[instruction]]];
    case 'nearer':
      return [
        [...pointer.left, words.nearer],
        [...pointer.right, words.nearer],
      ];
    case 'further':
      return [
        [...pointer.right, words.further],
        [...pointer.left, words.further],
      ];
    case 'look-here':
    case 'face-front':
    case 'more-light':
    case 'less-light':
    case 'even-light':
    case 'uncover-eyes':
    case 'uncover-mouth':
    case 'one-person':
    case 'hold-still':
    case 'blink':
      return [nothing, nothing];
  }
}

function beside(text: string | undefined, margin: number): string {
  const said = text ?? '';
  const before = Math.max(0, Math.floor((margin - widthOf(said)) / 2));
  return ' '.repeat(before) + said + ' '.repeat(Math.max(0, margin - before - widthOf(said)));
}
