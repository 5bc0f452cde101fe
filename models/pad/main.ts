import { parseArgs } from 'node:util';

import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { type Presentation, presentations, type Rate, report, type Report } from './measure.js';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    /** Use the people on whom the limits were set, instead of those reserved for measuring. */
    setting: { type: 'boolean', default: false },
    rounds: { type: 'string', default: '3' },
  },
});

const models = await loadModels(installation);
if (!models.ok) {
  process.stderr.write(
    '照合の部品がありません。npm start で作れます / the models are missing: run npm start\n',
  );
  process.exit(1);
}
const seen: Presentation[] = [];
for await (const presentation of presentations(
  models.value,
  values.setting ? 'setting' : 'measuring',
  Number(values.rounds),
)) {
  seen.push(presentation);
  if (!values.json) process.stderr.write(`\r${seen.length} 件 / sequences `);
}
process.stdout.write(values.json ? `${JSON.stringify(report(seen))}\n` : table(report(seen)));

function table({ bpcer, apcer, answering, passedCue }: Report): string {
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const rate = ({ errors, of, rate: share, interval }: Rate) =>
    `${percent(share).padStart(7)}  (${interval.map(percent).join(' – ')})  ${errors}/${of}`;
  const line = (kind: string, name: string, result: Rate) => {
    const cues = Object.entries(passedCue[kind]).map(([cue, count]) => `${cue} ${count}`);
    return `${kind.padEnd(16)}${name}  ${rate(result)}   ${cues.join(', ')}`;
  };
  return [
    '\nなりすまし検出の誤り（作った連続画像、95 %信頼区間） / error rates on synthetic sequences, 95 % intervals',
    '右は、それぞれの手がかりだけなら通った数 / on the right: how many each cue alone would pass',
    line('bona-fide', 'BPCER', bpcer),
    ...Object.entries(apcer).map(([kind, result]) => line(kind, 'APCER', result)),
    '求められたとおりに動く映像なら / films that follow the challenge, as if it were known',
    ...Object.entries(answering).map(([kind, result]) => `${kind.padEnd(16)}APCER  ${rate(result)}`),
    '',
  ].join('\n');
}
