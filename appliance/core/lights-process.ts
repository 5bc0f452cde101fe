import { fileOf } from '../installation.js';
import { nothingToDo } from '../panel/link.js';
import { type PanelProcess, startPanel } from './panel-process.js';

/** The delay before lights that keep dying are started again. */
const retryMs = 10_000;

/** Runs the lights and buttons, if this machine has any. */
export function startLights(socketPath: string): PanelProcess {
  return startPanel({
    file: fileOf('panel/lights/main'),
    args: [socketPath],
    stdio: 'ignore',
    nothingToDo,
    failed: (restart) => void setTimeout(restart, retryMs).unref(),
  });
}
