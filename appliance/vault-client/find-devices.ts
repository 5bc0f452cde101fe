import { setTimeout as wait } from 'node:timers/promises';

import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { DeviceKind, DeviceList } from '../protocol/vault.js';
import type { VaultProgram } from './child.js';
import { startDeviceFinder } from './start-vault.js';

/** In milliseconds: how long looking may take in all. Each driver and program has its own, shorter limit. */
const patience = 25_000;

/** Nothing but the drivers of that kind is loaded, so that what kills or stops the vault is one of them. */
const blamed = {
  scanner: { died: 'scanner-failed', silent: 'scanner-stalled' },
  camera: { died: 'camera-failed', silent: 'camera-stalled' },
} as const satisfies Record<DeviceKind, Record<'died' | 'silent', FaultCode>>;

/**
 * Looks which devices of a kind there are, in a vault that loads no models and is killed afterwards: the core itself knows
 * no device. `named` is the camera that the settings name. A driver that fails or hangs is told as the fault of
 * its device.
 */
export async function findDevices(
  only: DeviceKind,
  named?: string,
  within = patience,
  program?: VaultProgram,
): Promise<Result<DeviceList, FaultCode>> {
  const vault = await startDeviceFinder(program);
  if (!vault.ok) return vault;
  const { died, silent } = blamed[only];
  const late = new AbortController();
  const answer = await Promise.race([
    vault.value.run({ do: 'find-devices', only, named }),
    wait(within, err<FaultCode>('vault-hung'), { signal: late.signal }),
  ]);
  late.abort();
  // It never held a picture, so that nothing depends on seeing its end.
  await vault.value.erase();
  if (answer.ok) return answer.value.is === 'devices' ? ok(answer.value.devices) : err('vault-nonsense');
  if (answer.error === 'vault-died') return err(died);
  return err(answer.error === 'vault-hung' ? silent : answer.error);
}
