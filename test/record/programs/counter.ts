import { writeSync } from 'node:fs';

import { countBoot } from '../../../appliance/record/boot.js';

/** Boots over and over until it is killed, and says each number only once it is counted. */
const [file, run] = process.argv.slice(2);
for (let boot = 0; ; boot++) writeSync(1, `${await countBoot(file, `${run}-${boot}`, 0)}\n`);
