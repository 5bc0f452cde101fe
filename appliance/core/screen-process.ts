import { fileOf } from '../installation.js';
import { type PanelProcess, startPanel } from './panel-process.js';

/** Draws the appliance on this terminal; `gone` is called when that is of no use, as when the terminal was closed. */
export function startScreen(
  socketPath: string,
  settingsFile: string | undefined,
  gone: () => void,
): PanelProcess {
  const args = settingsFile === undefined ? [socketPath] : [socketPath, settingsFile];
  return startPanel({ file: fileOf('panel/main'), args, stdio: ['inherit', 'inherit', 'ignore'], gone });
}
