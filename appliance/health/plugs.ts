import { type Checked, notMade, warning, well } from './check.js';

/** Checks that udev reports hot-plugging. A box needs it; a container has no udev, which is no fault. */
export function checkPlugs(reported: boolean, onBox: boolean): Checked {
  if (reported) return well('plugs');
  return onBox ? warning('plugs', 'plugs-untold') : notMade('plugs', 'plugs-untold');
}
