import { writeSync } from 'node:fs';

import { keepLastGood } from '../../../appliance/settings/last-good.js';

/** Keeps one large settings file after the other until it is killed; says when the first is kept. */
const [, , folder] = process.argv;
for (let turn = 0; ; turn++) {
  const source = turn % 2 === 0 ? '/one' : '/two';
  const kept = await keepLastGood(folder, { source, toml: `# ${source.repeat(5000)}\n` });
  if (!kept.ok) throw new Error(kept.error);
  if (turn === 0) writeSync(1, '.');
}
