import type { FaultCode } from '../findings.js';
import type { Result } from '../result.js';
import type { CustomModel } from '../protocol/vault.js';
import { startVault } from './start-vault.js';
import type { Vault } from './vault.js';

/**
 * Runs `work` in a vault of its own and always erases it.
 *
 * @param work receives the vault and how long it took to start, in milliseconds
 */
export async function withVault<T>(
  own: CustomModel,
  work: (vault: Vault, startMs: number) => Promise<Result<T, FaultCode>>,
): Promise<Result<T, FaultCode>> {
  const begun = performance.now();
  const vault = await startVault(own);
  if (!vault.ok) return vault;
  const result = await work(vault.value, performance.now() - begun);
  const erased = await vault.value.erase();
  return erased.ok ? result : erased;
}
