import '../../no-inspector.js';

import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { toLine } from '../../json-lines.js';
import { connectTo, type FromPanel, nothingToDo, settingsAndViews, type Told } from '../link.js';
import { endBySignals } from '../signals.js';
import { Lights } from './lights.js';
import type { Lines } from './lines.js';
import { openLines } from './open.js';

/**
 * The program of lights, buttons and buzzer: `main.js SOCKET`. It keeps nothing but the newest view, and opens no line
 * before the core has told it which. On a machine without such lines it reports that and ends.
 */
async function main(path: string | undefined): Promise<number> {
  if (path === undefined) return complain('usage: main.js SOCKET', 2);
  const socket = await connectTo(path);
  if (!socket) return complain(`nobody answers at ${path}`, 2);
  const told = await settingsAndViews(socket);
  if (!told) return 1;
  if (!told.settings.lights) return unwanted(told);
  const lines = await openLines(told.settings.wiring);
  if (lines) process.once('exit', () => lines.close());
  return lines ? serve(lines, socket, told) : reportAbsent(socket);
}

function complain(text: string, code: number): number {
  process.stderr.write(`terashi: ${text}\n`);
  return code;
}

/** Waits for the core to end: the next one may have other settings. */
async function unwanted({ views }: Told): Promise<number> {
  while (!(await views.next()).done);
  return 1;
}

function reportAbsent(socket: Socket): Promise<number> {
  return new Promise((resolve) => {
    const code = complain('no lights: no GPIO chip has the lines, or they are taken', nothingToDo);
    socket.once('close', () => resolve(code)).resume();
    socket.end(toLine({ lights: 'absent' } satisfies FromPanel));
  });
}

/** How long the light stays on after the core died: by then its vault and the camera are gone too. */
const afterglowMs = 1000;

/** Shows views and sends presses until the core closes the connection. */
async function serve(lines: Lines, socket: Socket, { settings, views }: Told): Promise<number> {
  const { camera } = settings.wiring.outputs;
  const lights = new Lights(lines, camera, (message) => socket.write(toLine(message)));
  let cameraMayRun = false;
  for await (const view of views) {
    lights.show(view);
    cameraMayRun = view.cameraLight;
  }
  if (cameraMayRun) await wait(afterglowMs);
  return 1;
}

endBySignals();

process.exit(await main(process.argv[2]));
