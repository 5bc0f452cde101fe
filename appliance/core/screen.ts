import { join } from 'node:path';

import { type PanelProcess, startPanel } from './panel-process.js';

const file = join(import.meta.dirname, '..', 'panel', 'main.js');

/** Draws the appliance on this terminal; `gone` is called when that is of no use, as when the terminal was closed. */
export function startScreen(socketPath: string, gone: () => void): PanelProcess {
  return startPanel({ file, args: [socketPath], stdio: ['inherit', 'inherit', 'ignore'], gone });
}
