import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

import * as z from 'zod';

import { readLines, toLine, type LineFault } from '../json-lines.js';
import type { Result } from '../result.js';
import { key } from '../protocol/key.js';
import {
  cameraLightReport,
  lightsDriver,
  panelSettings,
  type PanelSettings,
  stuckReport,
} from '../protocol/lights.js';
import { view, type View } from './view.js';

/**
 * The core's doors, one for each kind of caller: a screen, the lights, and `terashi doctor` or `terashi update confirm`. Each
 * is a socket of its own, which on a box one user may open, so that nobody is taken for another by what he says.
 */
export const doors = ['screen', 'lights', 'doctor'] as const;
export type Door = (typeof doors)[number];

const wantSettings = z.strictObject({ want: z.literal('settings') });

/**
 * The messages through each door to the core, one JSON object a line; the core sends views back. Lights and screen first
 * ask for the settings in force. The lights then report their driver, once, and each change of the camera light, which
 * starts dark, and of the buttons that are stuck, which starts with none. Either end closes the connection at the first invalid line.
 */
export const fromPanel = {
  screen: z.union([
    wantSettings,
    z.strictObject({ press: key }),
    /** Sent once, so that the core knows that there is a screen. */
    z.strictObject({ screen: z.literal('here') }),
  ]),
  lights: z.union([
    wantSettings,
    z.strictObject({ press: key.extract(['enter', 'next', 'cancel']) }),
    z.strictObject({ lights: lightsDriver }),
    cameraLightReport,
    stuckReport,
  ]),
  doctor: z.union([
    /** As if the clerk had chosen it. */
    z.strictObject({ ask: z.literal('self-test') }),
    /** Leaves its result. */
    z.strictObject({ press: z.literal('back') }),
  ]),
};
export type FromPanel = z.infer<(typeof fromPanel)[Door]>;

/** From the core: views, and to a panel that asked, the settings in force. */
const toPanel = z.union([view, z.strictObject({ settings: panelSettings })]);

/** In bytes; a line has fewer than forty. */
export const longestFromPanel = 64;
/** In bytes; a view with every possible finding is much shorter. */
export const longestView = 64 * 1024;

/** Exit code of a panel that is not needed on this machine, so that nobody restarts it. */
export const nothingToDo = 0;

/** Argument of a screen whose core was started at this terminal: Ctrl-C is meant for that core. */
export const passesInterrupt = '--passes-interrupt';

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

/** What the core told a panel: the settings in force, and then its views. */
export type Told = { readonly settings: PanelSettings; readonly views: AsyncGenerator<View> };

/** Asks the core for the settings in force; undefined if it closes the connection first. */
export async function settingsAndViews(socket: Socket): Promise<Told | undefined> {
  const lines = linesFrom(socket, toPanel, longestView);
  socket.write(toLine({ want: 'settings' } satisfies FromPanel));
  let newest: View | undefined;
  for (;;) {
    const next = await lines.next();
    if (next.done === true || !next.value.ok) return undefined;
    const { value } = next.value;
    if ('settings' in value) return { settings: value.settings, views: viewsOf(lines, newest) };
    newest = value;
  }
}

async function* viewsOf(
  lines: AsyncGenerator<Result<z.infer<typeof toPanel>, LineFault>>,
  newest: View | undefined,
): AsyncGenerator<View> {
  if (newest) yield newest;
  for await (const line of lines) {
    if (!line.ok) return;
    if (!('settings' in line.value)) yield line.value;
  }
}
