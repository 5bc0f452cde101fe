import assert from 'node:assert/strict';

import type { Box } from '../box.js';

/** The box is ready with the municipality and counter of its last good settings, and its screen tells of the problem. */
export async function keepsLastGoodSettings({ appliance, guest }: Box): Promise<string> {
  await appliance.clerk.waitFor(({ scene }) => scene.name === 'idle', 'a box that is ready');
  const { municipality, counter, settingsProblems } = appliance.clerk.view!;
  assert.deepEqual([municipality, counter], ['見本町', '1番窓口']);
  assert(settingsProblems > 0, 'the screen says nothing of the settings');
  const mounted = await guest.run('sh', '-c', 'findmnt --noheadings /boot/settings || true');
  assert.equal(mounted.trim(), '', 'the destroyed partition was mounted');
  return `${municipality} ${counter}, ${settingsProblems} problem told`;
}
