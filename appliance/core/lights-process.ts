import { fileOf } from '../installation.js';
import { nothingToDo } from '../panel/link.js';
import { type PanelProcess, startPanel } from './panel-process.js';

/** In milliseconds: lights that die again and again are left alone for so long. */
const rest = 10_000;

/** Shows the appliance by lights and hears its buttons, where this machine has such. */
export function startLights(socketPath: string, settingsFile: string | undefined): PanelProcess {
  return startPanel({
    file: fileOf('panel/lights/main'),
    args: [socketPath, ...(settingsFile === undefined ? [] : [settingsFile])],
    stdio: 'ignore',
    nothingToDo,
    gone: (again) => void setTimeout(again, rest).unref(),
  });
}
