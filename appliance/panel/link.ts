import type { Socket } from 'node:net';

import { z } from 'zod';

import { readLines, type LineFault } from '../lines.js';
import type { Result } from '../result.js';
import { key } from './view.js';

/**
 * What goes over the socket between the core and a panel, one JSON object a line: views to the panel, presses
 * to the core. Each end drops the other at the first line that is not understood.
 */
export const press = z.strictObject({ press: key });

/** Bytes; a press is about twenty. */
export const longestPress = 64;
/** Bytes; a view with every finding there is stays well below. */
export const longestView = 64 * 1024;

/** What the other end says until the connection ends or breaks, which is how an end that dies says goodbye. */
export async function* linesFrom<T>(
  socket: Socket,
  schema: z.ZodType<T>,
  longest: number,
): AsyncGenerator<Result<T, LineFault>> {
  try {
    yield* readLines(socket, schema, longest);
  } catch {
    socket.destroy();
  }
}
