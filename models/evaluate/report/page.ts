import { appearanceWords } from '../../experiment/appearance.js';
import { wantedRates } from '../../experiment/rule-of-three.js';
import type { Tally } from '../../experiment/tally.js';
import type { Evaluation } from '../evaluation.js';
import { ratesOf } from '../rates.js';
import { intervalWords, percent, span } from '../words.js';
import { detCurve } from './det.js';
import { histogram } from './histograms.js';
import { style } from './style.js';

/** An evaluation as one self-contained HTML page, to mail, print and keep. */
export function reportPage(evaluation: Evaluation, tally: Tally, made: Date): string {
  const { genuine, impostor, eer, atThreshold } = evaluation;
  const { threshold } = atThreshold;
  return `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>照らし 評価 / Terashi evaluation</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>照合の評価 ${en('Evaluation of the comparison')}</h1>
<p>${made.toISOString().slice(0, 10)} · 照合器 ${en('recogniser')} ${escape(evaluation.model.id)} <code>${evaluation.model.sha256.slice(0, 12)}</code></p>
${summary(evaluation)}
<figure>
<figcaption>DET 曲線：左下に近いほど良い ${en('DET curve: the nearer to the lower left the better. Rates of none lie on the edge.')}</figcaption>
${detCurve(ratesOf(tally), eer)}
</figure>
<figure>
<figcaption>本人の組 ${genuine.toLocaleString('en')}：類似度の分布 ${en('Genuine pairs: similarity scores')}</figcaption>
${histogram({ kind: 'genuine', counts: tally.genuine, label: '本人の組の類似度 / scores of genuine pairs' }, threshold)}
</figure>
<figure>
<figcaption>他人の組 ${impostor.toLocaleString('en')}：類似度の分布 ${en('Impostor pairs: similarity scores')}</figcaption>
${histogram({ kind: 'impostor', counts: tally.impostor, label: '他人の組の類似度 / scores of impostor pairs' }, threshold)}
</figure>
${notes(evaluation)}
</main>
</body>
</html>
`;
}

function summary(evaluation: Evaluation): string {
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
  ].map(([ja, english]) => `<th scope="col">${ja} ${english ? en(english) : ''}</th>`);
  return `<table>
<thead><tr>${head.join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>`;
}

function row(ja: string, english: string, value: string, interval = '', threshold = ''): string {
  return `<tr><th scope="row">${ja} ${en(english)}</th><td>${value}</td><td>${interval}</td><td>${threshold}</td></tr>`;
}

function notes(evaluation: Evaluation): string {
  const method = intervalWords(evaluation);
  const simulated = appearanceWords(evaluation)
    .map((note) => `<li>${note.ja}です。 ${en(`Note: ${note.en}, not real ones.`)}</li>`)
    .join('\n');
  return `<section>
<h2>読み方 ${en('How to read this')}</h2>
<ul>
<li>区間：${method.ja}。 ${en(`Intervals: ${method.en}.`)}</li>
<li>${percent(evaluation.lowestSupportedFmr)} より小さい誤一致率は、この組数では言えません（3 の法則）。 ${en(`So few pairs say nothing about false match rates below ${percent(evaluation.lowestSupportedFmr)} (rule of three).`)}</li>
<li>ここでの値は、ここで使った写真の人と撮り方についてのものです。 ${en('The figures hold for people and pictures like these.')}</li>
${simulated}
</ul>
</section>`;
}

function aucSpan({ low, high }: { low: number; high: number }): string {
  return `${low.toFixed(6)} – ${high.toFixed(6)}`;
}

function en(words: string): string {
  return `<span lang="en">${words}</span>`;
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
