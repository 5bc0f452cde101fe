import { fileOf } from '../installation.js';
import { type PanelProcess, startPanel } from './panel-process.js';

/** Shows the screen on this terminal; `failed` is called when it keeps dying, for example on a closed terminal. */
export function startScreen(socketPath: string, failed: () => void): PanelProcess {
  const args = [socketPath];
  return startPanel({ file: fileOf('panel/main'), args, stdio: ['inherit', 'inherit', 'ignore'], failed });
}
