import { PassThrough } from 'node:stream';

import blessed from 'blessed';

import type { Size } from './draw.js';
import { fill, type Line, type Style } from './line.js';

/** The terminal of this process. */
export type Terminal = {
  size(): Size;
  show(lines: readonly Line[]): void;
  onResize(listener: () => void): void;
};

/** SGR codes (ECMA-48, 8.3.117), of the eight colours that every terminal has. */
const codes: Readonly<Record<Style, string>> = {
  plain: '0',
  strong: '0;1',
  bar: '0;37;44',
  badge: '0;30;43',
  focus: '0;1;7',
  good: '0;30;42',
  caution: '0;30;43',
};

/** Takes over the terminal on standard output; blessed restores it on any exit. */
export function openTerminal(): Terminal {
  // Draws frames with Unicode characters: switched character sets get lost in copied text.
  process.env.NCURSES_NO_UTF8_ACS = '1';
  const screen = blessed.screen({
    fullUnicode: true,
    // Without LANG, as in a systemd unit, Japanese must not become question marks.
    forceUnicode: true,
    // keys.ts reads the keys, because it can tell Esc from an arrow key in two chunks.
    input: new PassThrough(),
  });
  screen.program.hideCursor();
  const page = blessed.box({ parent: screen, width: '100%', height: '100%', wrap: false, tags: false });
  return {
    size: () => ({ columns: Number(screen.width), rows: Number(screen.height) }),
    show: (lines) => {
      // Blessed merges a row that does not reach the edge with a blank row below it.
      page.setContent(lines.map((line) => toSgr(fill(line, Number(screen.width), 'plain'))).join('\n'));
      screen.render();
    },
    onResize: (listener) => {
      screen.on('resize', listener);
    },
  };
}

function toSgr(line: Line): string {
  return line.map(({ text, style }) => `\x1b[${codes[style]}m${text}`).join('') + '\x1b[0m';
}
