import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import * as z from 'zod';

import { readLines, type LineFault } from '../json-lines.js';
import type { Result } from '../result.js';
import { key } from '../protocol/key.js';
import { cameraLight, lightsDriver } from '../protocol/lights.js';

/**
 * The messages from a panel to the core, one JSON object a line; the core sends views back. The lights first report
 * their driver, once, and then each change of the camera light, which starts dark. Either end closes the connection
 * at the first invalid line.
 */
export const fromPanel = z.union([
  z.strictObject({ press: key }),
  /** From `terashi doctor` and `terashi update confirm`: as if the clerk had chosen it. */
  z.strictObject({ ask: z.literal('self-test') }),
  /** Sent once by a screen, so that the core knows that there is one. */
  z.strictObject({ screen: z.literal('here') }),
  z.strictObject({ lights: lightsDriver }),
  z.strictObject({ 'camera-light': cameraLight }),
]);
export type FromPanel = z.infer<typeof fromPanel>;

/** In bytes; a line has about thirty. */
export const longestFromPanel = 64;
/** In bytes; a view with every possible finding is much shorter. */
export const longestView = 64 * 1024;

/** Exit code of a panel that is not needed on this machine, so that nobody restarts it. */
export const nothingToDo = 0;

/** Connects a panel to the core at `path`; undefined if nothing listens there. */
export async function connectTo(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch {
    return undefined;
  }
}

/** The messages of the other end until the connection ends or breaks, as it does when the process dies. */
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
