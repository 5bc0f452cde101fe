import assert from 'node:assert/strict';

import { wordsIn } from '../../../appliance/panel/words/said.js';
import { language } from '../../../appliance/protocol/language.js';
import type { Box } from '../box.js';
import { showsRows } from './display.js';

/** A card without its records' partition: no appliance runs, nothing is recorded elsewhere, and the screen says what to do. */
export async function saysCardIsShort(box: Box, picture: string): Promise<string> {
  const rows = language.options.flatMap((each) => {
    const { title, text } = wordsIn[each].unanswered;
    return [title, ...text.split('\n')];
  });
  await showsRows(box, picture, rows);
  const state = (await box.guest.run('sh', '-c', 'systemctl is-active terashi.service || true')).trim();
  assert.notEqual(state, 'active', 'the appliance runs without a place for its records');
  const recorded = (await box.guest.run('sh', '-c', 'find /var/lib/terashi -type f | wc -l')).trim();
  assert.equal(recorded, '0', 'files in the folder of the records, which is memory now');
  return `terashi.service ${state}; on the display: ${rows.join(' / ')}`;
}
