import { writeSync } from 'node:fs';

import { countBoot } from '../../../appliance/record/boot.js';

/** Counts boots until it is killed, and prints each number only after it is stored. */
const [file, run] = process.argv.slice(2);
for (let boot = 0; ; boot++) writeSync(1, `${await countBoot(file, `${run}-${boot}`, 0)}\n`);
