import assert from 'node:assert/strict';

import type { Bench } from '../bench.js';

/** One whole visit by somebody who takes at each step what is offered first; it is recorded, and the chain holds. */
export async function visitAtPanel(bench: Bench): Promise<string> {
  const { clerk } = bench;
  await bench.ready();
  await clerk.goTo('result');
  await clerk.press('enter');
  await clerk.scene('erased', 1);
  await clerk.press('enter');
  await bench.ready();
  const [{ number, outcome, practice, similarity }, ...more] = await bench.records();
  assert.deepEqual({ outcome, practice, more }, { outcome: 'verified', practice: true, more: [] });
  const chain = await bench.terashi('records', 'verify');
  assert(chain.ok, chain.text);
  return `record ${number} ${outcome}, similarity ${similarity}; the chain verifies`;
}
