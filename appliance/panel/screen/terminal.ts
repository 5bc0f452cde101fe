import { PassThrough } from 'node:stream';

import blessed from 'blessed';

import type { Size } from './draw.js';
import { fill, type Line, type Style } from './line.js';

/** The terminal that this process draws on. */
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

/** Takes over the terminal on standard output; blessed gives it back at every end of the process. */
export function openTerminal(): Terminal {
  // Frames are drawn with the characters themselves; switched character sets get lost in copied text.
  process.env.NCURSES_NO_UTF8_ACS = '1';
  const screen = blessed.screen({
    fullUnicode: true,
    // Japanese is shown or nothing is: a unit without LANG must not turn it into question marks.
    forceUnicode: true,
    // Keys are read by ./keys.js, which can tell Esc from an arrow key cut in two.
    input: new PassThrough(),
  });
  screen.program.hideCursor();
  const page = blessed.box({ parent: screen, width: '100%', height: '100%', wrap: false, tags: false });
  return {
    size: () => ({ columns: Number(screen.width), rows: Number(screen.height) }),
    show: (lines) => {
      // Blessed takes a row that is not filled to its edge together with a blank one below it.
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
