import '../no-inspector.js';

import type { Socket } from 'node:net';

import { toLine } from '../json-lines.js';
import { connectTo, nothingToDo, passesInterrupt, settingsAndViews, type Told } from './link.js';
import { Deliberate } from './screen/deliberate.js';
import { draw, fits } from './screen/draw.js';
import { onInterrupt } from './screen/interrupt.js';
import { listenToKeys } from './screen/keys.js';
import { whileUnanswered } from './screen/unanswered.js';
import { endBySignals } from './signals.js';
import type { View } from './view.js';
import type { Key } from '../protocol/key.js';

/** Keys that work on any screen. All others choose something, which the clerk must see first. */
const alwaysActive: readonly Key[] = ['cancel', 'language'];

/**
 * The program of the screen: `main.js SOCKET [--passes-interrupt]`. It keeps nothing but the newest view. It ends if the
 * settings that the core has in force switch the screen off.
 */
async function main(path: string | undefined, option: string | undefined): Promise<number> {
  if (path === undefined) return complain('usage: main.js SOCKET [--passes-interrupt]');
  if (!process.stdin.isTTY || !process.stdout.isTTY) return complain('the screen needs a terminal');
  // From the start: a terminal that is not raw stops this program at Ctrl-Z and what it shows at Ctrl-S. What is typed
  // before there is anything to see is read and dropped.
  process.stdin.setRawMode(true).resume();
  if (option === passesInterrupt) onInterrupt(process.stdin, () => process.kill(process.ppid, 'SIGINT'));
  const socket = await connectTo(path);
  if (!socket) return complain(`nobody answers at ${path}`);
  const told = await whileUnanswered(settingsAndViews(socket), process.stdout);
  if (!told) return 1;
  return told.settings.screen ? serve(socket, told) : nothingToDo;
}

function complain(text: string): number {
  process.stderr.write(`terashi: ${text}\n`);
  return 2;
}

/** Draws views and sends key presses until the core closes the connection. */
async function serve(socket: Socket, { views }: Told): Promise<number> {
  // Loaded only when there is something to draw.
  const { openTerminal } = await import('./screen/terminal.js');
  const terminal = openTerminal();
  let newest: View | undefined;
  let due: NodeJS.Immediate | undefined;
  // Draws only the last of several views that arrive together.
  const redraw = () => {
    due ??= setImmediate(() => {
      due = undefined;
      if (newest) terminal.show(draw(newest, terminal.size()));
    });
  };
  terminal.onResize(redraw);
  socket.write(toLine({ screen: 'here' }));
  const presses = new Deliberate((key) => {
    const seen = newest !== undefined && fits(terminal.size());
    if (seen || alwaysActive.includes(key)) socket.write(toLine({ press: key }));
  });
  listenToKeys(process.stdin, (typed) => presses.hear(typed));
  for await (const view of views) {
    newest = view;
    redraw();
  }
  return 1;
}

// A closed terminal or a signal ends the program. Blessed restores the terminal on exit.
endBySignals();
for (const stream of [process.stdin, process.stdout]) {
  stream.once('error', () => process.exit(128 + 1));
}
process.stdin.once('end', () => process.exit(128 + 1));

process.exit(await main(process.argv[2], process.argv[3]));
