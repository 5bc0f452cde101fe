import { parseArgs } from 'node:util';

import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { type Presentation, presentations, report } from './measure.js';
import { people } from './people.js';
import { folderPortraits, portraitOf } from './portrait.js';
import { challengeTable, watchTable } from './tables.js';
import { type Watched, watched, watchReport } from './watch.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Use the people on whom the limits were set, instead of those reserved for measuring. */
    setting: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
    /** Measure the watch without a challenge. */
    watch: { type: 'boolean', default: false },
    /** With `watch`: the people of the pictures in this folder. */
    people: { type: 'string' },
  },
});
const split = values.setting ? 'setting' : 'measuring';
const rounds = Number(values.rounds);

const models = await loadModels(installation);
if (!models.ok) {
  stop('照合の部品がありません。npm start で作れます / the models are missing: run npm start');
}
if (values.watch) {
  const seen: Watched[] = [];
  for await (const each of watched(models.value, await portraits(), rounds)) count(seen, each);
  print(watchReport(seen), watchTable);
} else {
  const seen: Presentation[] = [];
  for await (const each of presentations(models.value, split, rounds)) count(seen, each);
  print(report(seen), challengeTable);
}

async function portraits() {
  if (!models.ok) return [];
  if (values.people === undefined) {
    return Promise.all(people[split].map((person) => portraitOf(models.value, person)));
  }
  const found = await folderPortraits(models.value, values.people);
  if (found.length > 0) return found;
  return stop(`${values.people}: 顔の写った画像がありません / there is no picture with a face`);
}

function count<T>(seen: T[], next: T): void {
  seen.push(next);
  if (!values.json) process.stderr.write(`\r${seen.length} 件 / sequences `);
}

function print<T>(measured: T, table: (measured: T) => string): void {
  process.stdout.write(values.json ? `${JSON.stringify(measured)}\n` : table(measured));
}

function stop(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
