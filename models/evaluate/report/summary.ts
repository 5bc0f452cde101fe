import { wantedRates } from '../../experiment/rule-of-three.js';
import type { Evaluation } from '../evaluation.js';
import { percent, span } from '../words.js';
import { cells, columnHead, en, rowHead } from './html.js';

/** The figures of one recogniser over all strangers. */
export function summary(evaluation: Evaluation): string {
  const { persons, pictures, genuine, impostor, withheld, failedToEnrol, failures, auc, eer } = evaluation;
  const { aucInterval, eerInterval, eerThreshold, atThreshold, fnmrAtFmr } = evaluation;
  const causes = Object.entries(failures).map(([code, count]) => `${code} ${count}`);
  const rows = [
    row('人', 'persons', persons.toLocaleString('en')),
    row('写真', 'pictures', pictures.toLocaleString('en')),
    row('本人の組', 'genuine comparisons', genuine.toLocaleString('en')),
    row('他人の組', 'impostor comparisons', impostor.toLocaleString('en')),
    row('比べなかった組', 'pairs withheld', `${withheld.genuine} + ${withheld.impostor}`),
    row('登録失敗', 'failure to enrol', [String(failedToEnrol), ...causes].join(' · ')),
    row('AUC', 'area under the ROC curve', auc.toFixed(6), aucInterval ? aucSpan(aucInterval) : '–'),
    row('EER', 'equal error rate', percent(eer), span(eerInterval), eerThreshold.toFixed(4)),
    ...wantedRates.map((wanted) => {
      const point = fnmrAtFmr[String(wanted)];
      const name = `誤不一致率（誤一致率 ${percent(wanted)}）`;
      return point
        ? row(
            name,
            `FNMR at FMR ${percent(wanted)}`,
            percent(point.fnmr),
            span(point),
            point.threshold.toFixed(4),
          )
        : row(
            name,
            `FNMR at FMR ${percent(wanted)}`,
            `この組数では言えません ${en('too few pairs to tell')}`,
          );
    }),
    row(
      '基準での誤り',
      'errors at the threshold',
      `FMR ${percent(atThreshold.fmr)}, FNMR ${percent(atThreshold.fnmr)}`,
      '',
      String(atThreshold.threshold),
    ),
  ];
  const head = [
    ['', ''],
    ['値', 'value'],
    ['95 % 区間', '95 % interval'],
    ['しきい値', 'threshold'],
  ].map(([ja, english]) => columnHead(ja, english));
  return `<table>
<caption>別人すべてについて ${en('Over all strangers')}</caption>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function row(ja: string, english: string, value: string, interval = '', threshold = ''): string {
  return `<tr>${rowHead(ja, english)}${cells([value, interval, threshold])}</tr>`;
}

function aucSpan({ low, high }: { low: number; high: number }): string {
  return `${low.toFixed(6)} – ${high.toFixed(6)}`;
}
