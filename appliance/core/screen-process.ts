import { fileOf } from '../installation.js';
import { passesInterrupt } from '../panel/link.js';
import { type PanelProcess, startPanel } from './panel-process.js';

/**
 * Shows the screen on this terminal, where Ctrl-C ends this process as in any program. `failed` is called when the screen
 * keeps dying, for example on a closed terminal.
 */
export function startScreen(socketPath: string, failed: () => void): PanelProcess {
  const args = [socketPath, passesInterrupt];
  return startPanel({ file: fileOf('panel/main'), args, stdio: ['inherit', 'inherit', 'ignore'], failed });
}
