import { writeSync } from 'node:fs';

import { openRecords } from '../../../appliance/record/records.js';
import { trusted } from '../../clock/made.js';
import { report, entryContext } from '../sample.js';

/** Appends until it is killed, and prints each number only after its entry is acknowledged. */
const records = await openRecords(process.argv[2], await trusted());
if (!records.ok) throw new Error(JSON.stringify(records.error));
for (;;) {
  const appended = await records.value.append(report, entryContext);
  if (!appended.ok) throw new Error(appended.error);
  writeSync(1, `${appended.value.number}\n`);
}
