import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import type { Vault } from '../vault-client/vault.js';
import { type Checked, failed, well } from './check.js';

/** Judges the start of a vault, which compares the models' hashes and their output for a fixed pattern. */
export function checkModels(started: Result<Pick<Vault, 'recogniser'>, FaultCode>): Checked {
  if (!started.ok) return failed('models', started.error);
  return well('models', { ppm: started.value.recogniser.golden.ppm });
}
