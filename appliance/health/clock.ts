import type { Trust } from '../clock/trust.js';
import { type Checked, warning, well } from './check.js';

/** Checks that the timestamps of records can be trusted. */
export function checkClock({ timeTrusted }: Trust): Checked {
  return timeTrusted ? well('clock') : warning('clock', 'clock-untrusted');
}
