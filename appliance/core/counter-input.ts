import type { Input } from '../counter/context.js';
import { longestScannerWaitMs } from '../protocol/vault.js';
import type { Settings } from '../settings/settings.js';

/**
 * The settings as the counter's machine takes them; its delays are in milliseconds, those of the settings in seconds.
 * The time for a scan does not count while its scanner is waited for.
 */
export function counterInput({ visit, time }: Settings): Input {
  const { way, policy, liveness, photographs, scans } = visit;
  return {
    way,
    policy,
    liveness,
    limits: { photographs, scans },
    delays: {
      key: time.key * 1000,
      scan: time.scan * 1000 + longestScannerWaitMs,
      photograph: time.photograph * 1000,
    },
  };
}
