import { contenderNames } from '../contender-name.js';
import type { Evaluated } from '../evaluate.js';
import { percent, span } from '../words.js';
import { cells, columnHead, en, escape, rowHead } from './html.js';

/** Two recognisers, or two calibrations of one, over all strangers. */
export function sideBySide(evaluated: readonly Evaluated[]): string {
  const row = (ja: string, english: string, value: (of: Evaluated) => string): string =>
    `<tr>${rowHead(ja, english)}${cells(evaluated.map(value))}</tr>`;
  const heads = contenderNames(evaluated).map((name) => columnHead(escape(name), ''));
  return `<table class="sides">
<caption>二つを並べて ${en('Side by side')}</caption>
<thead><tr><td></td>${heads.join('')}</tr></thead>
<tbody>
${[
  row('基準', 'threshold', ({ evaluation: { atThreshold } }) => String(atThreshold.threshold)),
  row('較正がそこで示す誤一致率', 'FMR that the calibration states there', ({ calibration }) =>
    percent(calibration.stated),
  ),
  row('測った誤一致率', 'FMR measured there', ({ evaluation: { atThreshold } }) => percent(atThreshold.fmr)),
  row('測った誤不一致率', 'FNMR measured there', ({ evaluation: { atThreshold } }) =>
    percent(atThreshold.fnmr),
  ),
  row(
    'EER',
    'equal error rate',
    ({ evaluation: { eer, eerInterval } }) => `${percent(eer)} <small>[${span(eerInterval)}]</small>`,
  ),
  row('d′', 'decidability', ({ evaluation: { decidability } }) => decidability?.toFixed(2) ?? '–'),
  row('登録失敗', 'failure to enrol', ({ evaluation: { failedToEnrol } }) => String(failedToEnrol)),
].join('\n')}
</tbody>
</table>`;
}
