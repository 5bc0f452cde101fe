import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import * as z from 'zod';

import { readLines, type LineFault } from '../lines.js';
import type { Result } from '../result.js';
import { key } from '../protocol/key.js';
import { cameraLight, lightsDriver } from '../protocol/lights.js';

/**
 * What goes over the socket between the core and a panel, one JSON object a line: views to the panel, presses
 * to the core. The lights also say, once and before anything else, what drives them, and then each change of
 * the camera light, which is dark at first. Each end drops the other at the first line that is not understood.
 */
export const fromPanel = z.union([
  z.strictObject({ press: key }),
  /** A technician's `terashi doctor` asks for what a clerk can choose. */
  z.strictObject({ ask: z.literal('self-test') }),
  /** Said once by a screen: somebody can read what it shows. */
  z.strictObject({ screen: z.literal('here') }),
  z.strictObject({ lights: lightsDriver }),
  z.strictObject({ 'camera-light': cameraLight }),
]);
export type FromPanel = z.infer<typeof fromPanel>;

/** Bytes; a line is about thirty. */
export const longestFromPanel = 64;
/** Bytes; a view with every finding there is stays well below. */
export const longestView = 64 * 1024;

/** The exit code of a panel that has nothing to do on this machine: there is no use in starting it again. */
export const nothingToDo = 0;

/** A panel's connection to the core at `path`; undefined when nobody answers there. */
export async function connectTo(path: string): Promise<Socket | undefined> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch {
    return undefined;
  }
}

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
