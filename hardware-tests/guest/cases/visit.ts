import assert from 'node:assert/strict';

import type { GuestAppliance } from '../appliance.js';

/** Makes one whole visit with the first choice at each step; it is recorded, and the chain of records verifies. */
export async function visitAtPanel(appliance: GuestAppliance): Promise<string> {
  const { clerk } = appliance;
  await appliance.waitUntilReady();
  await clerk.goTo('result');
  await clerk.takeFirst();
  await clerk.scene('erased', 1);
  await clerk.press('enter');
  await appliance.waitUntilReady();
  const [{ number, outcome, practice, similarity }, ...more] = await appliance.records();
  assert.deepEqual({ outcome, practice, more }, { outcome: 'verified', practice: true, more: [] });
  const chain = await appliance.terashi('records', 'verify');
  assert(chain.ok, chain.text);
  return `record ${number} ${outcome}, similarity ${similarity}; the chain verifies`;
}
