import { widthOf } from './cells.js';

/** How text stands out. A style is never the only sign: words or shape say the same. */
export type Style = 'plain' | 'strong' | 'bar' | 'badge' | 'focus' | 'good' | 'caution';

export type Span = { readonly text: string; readonly style: Style };

/** One row of the screen from the left edge; the rest is blank. */
export type Line = readonly Span[];

export const blank: Line = [];

export function line(text: string, style: Style = 'plain'): Line {
  return [{ text, style }];
}

export function lineWidth(line: Line): number {
  return line.reduce((sum, span) => sum + widthOf(span.text), 0);
}

export function indent(line: Line, cells: number): Line {
  return cells > 0 && line.length > 0 ? [{ text: ' '.repeat(cells), style: 'plain' }, ...line] : line;
}

export function centre(line: Line, width: number): Line {
  return indent(line, Math.floor((width - lineWidth(line)) / 2));
}

/** A bar of one style from edge to edge. */
export function fill(line: Line, width: number, style: Style): Line {
  return [...line, { text: ' '.repeat(Math.max(0, width - lineWidth(line))), style }];
}

export function textOf(line: Line): string {
  return line.map((span) => span.text).join('');
}
