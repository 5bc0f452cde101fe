import { setTimeout as wait } from 'node:timers/promises';

import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { DeviceKind, DeviceList } from '../protocol/vault.js';
import type { VaultProgram } from './child.js';
import { startDeviceFinder } from './start-vault.js';

/** For the whole search. Each driver and program has a shorter timeout of its own. */
const searchTimeoutMs = 25_000;

/** Only drivers of that kind are loaded, so one of them must have killed or stopped the vault. */
const driverFaults = {
  scanner: { died: 'scanner-failed', silent: 'scanner-stalled' },
  camera: { died: 'camera-failed', silent: 'camera-stalled' },
} as const satisfies Record<DeviceKind, Record<'died' | 'silent', FaultCode>>;

/**
 * Finds the devices of one kind, in a vault that loads no models and is killed afterwards, since the core itself opens no
 * device. A driver that fails or hangs is returned as its device's fault.
 *
 * @param named the camera that the settings name
 */
export async function findDevices(
  only: DeviceKind,
  named?: string,
  timeoutMs = searchTimeoutMs,
  program?: VaultProgram,
): Promise<Result<DeviceList, FaultCode>> {
  const vault = await startDeviceFinder(program);
  if (!vault.ok) return vault;
  const { died, silent } = driverFaults[only];
  const answered = new AbortController();
  const answer = await Promise.race([
    vault.value.run({ do: 'find-devices', only, named }),
    wait(timeoutMs, err<FaultCode>('vault-hung'), { signal: answered.signal }),
  ]);
  answered.abort();
  // It never had a picture, so its end need not be proven.
  await vault.value.erase();
  if (answer.ok) return answer.value.is === 'devices' ? ok(answer.value.devices) : err('vault-nonsense');
  if (answer.error === 'vault-died') return err(died);
  return err(answer.error === 'vault-hung' ? silent : answer.error);
}
