import { type Checked, notMade, warning, well } from './check.js';

/** Whether udev tells what is plugged in. On a box it has to; in a container there is none, which is said. */
export function checkPlugs(told: boolean, onBox: boolean): Checked {
  if (told) return well('plugs');
  return onBox ? warning('plugs', 'plugs-untold') : notMade('plugs', 'plugs-untold');
}
