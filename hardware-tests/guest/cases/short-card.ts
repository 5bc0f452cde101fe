import assert from 'node:assert/strict';

import type { Box } from '../box.js';
import { hasWordsOnDisplay } from './display.js';

/** A card without its records' partition: no appliance runs, nothing is recorded elsewhere, and the screen says what to do. */
export async function saysCardIsShort(box: Box, picture: string): Promise<string> {
  const words = await hasWordsOnDisplay(box, picture);
  const state = (await box.guest.run('sh', '-c', 'systemctl is-active terashi.service || true')).trim();
  assert.notEqual(state, 'active', 'the appliance runs without a place for its records');
  const recorded = (await box.guest.run('sh', '-c', 'find /var/lib/terashi -type f | wc -l')).trim();
  assert.equal(recorded, '0', 'files in the folder of the records, which is memory now');
  return `terashi.service ${state}; ${words}`;
}
