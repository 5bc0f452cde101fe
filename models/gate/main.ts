import { parseArgs } from 'node:util';

import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { reportFault } from '../experiment/report-problem.js';
import { type Count, report, type Report, type Verdict, verdicts } from './measure.js';
import { folderPictures, packagePictures } from './pictures.js';

const { values, positionals } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Use the people on whom limits were set, instead of those reserved for measuring. */
    setting: { type: 'boolean', default: false },
  },
  allowPositionals: true,
});

const models = await loadModels(installation);
if (!models.ok) process.exit(reportFault(models.error));
const [folder] = positionals;
const pictures = folder
  ? await folderPictures(folder)
  : await packagePictures(models.value, values.setting ? 'setting' : 'measuring');
if (!pictures || pictures.length === 0) {
  process.stderr.write(
    `${folder}: 写真がありません。よい写真を入れてください / no pictures: put good ones in it\n`,
  );
  process.exit(2);
}
const seen: Verdict[] = [];
for await (const verdict of verdicts(models.value, pictures)) {
  seen.push(verdict);
  if (!values.json) process.stderr.write(`\r${seen.length} 枚 / pictures `);
}
process.stdout.write(values.json ? `${JSON.stringify(report(seen))}\n` : table(report(seen)));

function table({ good, spoiled }: Report): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const line = (kind: string, { right, of, share, low, high, fitting }: Count, withReason: boolean) =>
    `${kind.padEnd(32)}${`${right}/${of}`.padStart(9)}${percent(share).padStart(9)}  (${percent(low)} – ${percent(high)})` +
    (withReason ? `  ${fitting}` : '');
  return [
    '\n95 %信頼区間は Clopper–Pearson / 95 % intervals after Clopper and Pearson',
    'よい写真を通した数 / good pictures let through',
    ...Object.entries(good).map(([kind, count]) => line(kind, count, false)),
    '\n使えない写真を止めた数。右は、わけも合っていた数 / spoiled pictures stopped; on the right: with the right reason',
    ...Object.entries(spoiled).map(([kind, count]) => line(kind, count, true)),
    '',
  ].join('\n');
}
