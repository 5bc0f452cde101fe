import assert from 'node:assert/strict';

import { until } from '../../counter/until.js';
import type { GuestAppliance } from '../appliance.js';

/**
 * The scanner's driver spins in the middle of a page, as real drivers do when a scanner stops responding: the vault is
 * killed, and the record names what hung.
 */
export async function spinningDriver(appliance: GuestAppliance): Promise<string> {
  const { clerk } = appliance;
  const before = (await appliance.records()).length;
  await appliance.setScannerMode('spins');
  await clerk.goTo('scanning');
  const begun = performance.now();
  const vaults = await appliance.vaultPids();
  await until(
    'the driver, in a program without cameras',
    async () => (await appliance.scannerPids()).length === 1,
  );
  await clerk.scene('erased');
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const [entry, ...more] = (await appliance.records()).slice(before);
  await appliance.restorePictures();
  assert.equal(more.length, 0);
  assert.deepEqual(
    { outcome: entry.outcome, fault: entry.fault },
    { outcome: 'fault', fault: 'scanner-stalled' },
  );
  assert.deepEqual(await appliance.scannerPids(), []);
  const left = (await appliance.vaultPids()).filter((pid) => vaults.includes(pid));
  assert(left.length <= 1, 'the vault that spins is still there');
  await clerk.press('enter');
  await appliance.waitUntilReady();
  return `${entry.outcome} (${entry.fault}), erased ${seconds} s after the scan began`;
}
