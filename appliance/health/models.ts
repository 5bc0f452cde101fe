import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import type { Vault } from '../vault-client/vault.js';
import { type Checked, failed, warning, well } from './check.js';

/**
 * The models, by what came of a vault's start: it holds each file to its hash, and what the nets make of a fixed
 * pattern to the golden numbers.
 */
export function checkModels(started: Result<Pick<Vault, 'recogniser'>, FaultCode>): Checked {
  if (!started.ok) return failed('models', started.error);
  const { ppm, whole } = started.value.recogniser.golden;
  return whole ? well('models', { ppm }) : warning('models', 'model-unproven', { ppm });
}
