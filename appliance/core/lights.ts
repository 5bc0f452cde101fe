import { join } from 'node:path';

import { nothingToDo } from '../panel/link.js';
import { type PanelProcess, startPanel } from './panel-process.js';

const file = join(import.meta.dirname, '..', 'panel', 'lights', 'main.js');

/** In milliseconds: lights that die again and again are left alone for so long. */
const rest = 10_000;

/** Shows the appliance by lights and hears its buttons, where this machine has such. */
export function startLights(socketPath: string, settingsFile: string | undefined): PanelProcess {
  return startPanel({
    file,
    args: [socketPath, ...(settingsFile === undefined ? [] : [settingsFile])],
    stdio: 'ignore',
    nothingToDo,
    gone: (again) => void setTimeout(again, rest).unref(),
  });
}
