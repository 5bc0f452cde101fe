import type { Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import { toLine } from '../../json-lines.js';
import { locateSettings } from '../../settings/locate.js';
import { readSettings } from '../../settings/read.js';
import { connectTo, type FromPanel, linesFrom, longestView, nothingToDo } from '../link.js';
import { endBySignals } from '../signals.js';
import { view } from '../view.js';
import { Lights } from './lights.js';
import type { Lines } from './lines.js';
import { openLines } from './open.js';
import { wiringOf } from './wiring.js';

/**
 * The program of lights, buttons and buzzer: `main.js SOCKET [SETTINGS]`. It keeps nothing but the newest view. On a
 * machine without such lines it reports that and ends.
 */
async function main(path: string | undefined, settingsFile: string | undefined): Promise<number> {
  if (path === undefined) return complain('usage: main.js SOCKET [SETTINGS]', 2);
  const { settings } = await readSettings(await locateSettings(settingsFile));
  if (settings.panel.lights === 'off') return nothingToDo;
  const lines = await openLines(wiringOf(settings));
  if (lines) process.once('exit', () => lines.close());
  const socket = await connectTo(path);
  if (!socket) return complain(`nobody answers at ${path}`, 2);
  return lines ? serve(lines, socket) : reportAbsent(socket);
}

function complain(text: string, code: number): number {
  process.stderr.write(`terashi: ${text}\n`);
  return code;
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
async function serve(lines: Lines, socket: Socket): Promise<number> {
  const lights = new Lights(lines, (message) => socket.write(toLine(message)));
  let cameraMayRun = false;
  for await (const line of linesFrom(socket, view, longestView)) {
    if (!line.ok) break;
    lights.show(line.value);
    cameraMayRun = line.value.cameraLight;
  }
  if (cameraMayRun) await wait(afterglowMs);
  return 1;
}

endBySignals();

process.exit(await main(process.argv[2], process.argv[3]));
