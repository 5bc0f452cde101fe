import assert from 'node:assert/strict';

import type { Bench } from '../bench.js';

/**
 * The scanner's driver spins in the middle of a page, as some do whose scanner has lost its mind: the vault is killed,
 * and the record names what hung.
 */
export async function spinningDriver(bench: Bench): Promise<string> {
  const { clerk } = bench;
  const before = (await bench.records()).length;
  await bench.upset('spins');
  await clerk.goTo('scanning');
  const begun = performance.now();
  const vaults = await bench.vaults();
  await clerk.scene('erased');
  const seconds = ((performance.now() - begun) / 1000).toFixed(1);
  const [entry, ...more] = (await bench.records()).slice(before);
  await bench.mend();
  assert.equal(more.length, 0);
  assert.deepEqual(
    { outcome: entry.outcome, fault: entry.fault },
    { outcome: 'fault', fault: 'scanner-stalled' },
  );
  const left = (await bench.vaults()).filter((pid) => vaults.includes(pid));
  assert(left.length <= 1, 'the vault that spins is still there');
  await clerk.press('enter');
  await bench.ready();
  return `${entry.outcome} (${entry.fault}), erased ${seconds} s after the scan began`;
}
