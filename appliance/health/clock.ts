import { thisKernel } from '../clock/kernel.js';
import type { Trust } from '../clock/trust.js';
import { minutesAheadOfUtc } from '../clock/zone.js';
import { type Checked, warning, well } from './check.js';

/** Checks that the timestamps of records can be trusted, and says in which offset from UTC they are. */
export function checkClock({ timeTrusted }: Trust): Checked {
  const numbers = { minutesAheadOfUtc: minutesAheadOfUtc(new Date(thisKernel().wall())) };
  return timeTrusted ? well('clock', numbers) : warning('clock', 'clock-untrusted', numbers);
}
