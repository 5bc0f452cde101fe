import { cp } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import type { Board } from '../board.js';

const here = join(installation.root, 'image', 'os', 'debug');

/** Files that a debug image adds to Debian: its mark, and what keeps the words of its start. */
export const debugRoot = join(here, 'root');

/** The board's image for whoever holds the first one: it shows and keeps the words of its start. */
export function forDebug(board: Board): Board {
  return { ...board, debug: true };
}

/**
 * The kernel's options in a debug image. Kernel and systemd speak on the screen and on the serial line; what the initrd
 * says appears on the last console only (Documentation/admin-guide/serial-console.rst).
 */
export function debugOptions({ console, start }: Pick<Board, 'console' | 'start'>): readonly string[] {
  // Raspberry Pi's firmware replaces `serial0` by the name of the board's first serial line.
  const other = start.kind === 'raspberry-pi' ? 'serial0,115200' : 'tty1';
  return [
    `console=${other} console=${console}`,
    // systemd's own words through the kernel, so that they too reach every console, without a limit on their rate.
    'loglevel=7 systemd.log_target=kmsg printk.devkmsg=on',
    // Its status lines would say the same again, except while it waits for something.
    'systemd.show_status=auto',
  ];
}

/** In seconds: time to photograph the screen before the box starts again. Without `panic` the initrd opens a shell. */
export const debugPanic = 120;

/** Lays the page for whoever holds the first board. */
export async function layFirstBoardPage(folder: string): Promise<void> {
  await cp(join(here, 'FIRST-BOARD.txt'), join(folder, 'FIRST-BOARD.txt'));
}
