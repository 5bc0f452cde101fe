import { appearanceWords } from '../../experiment/appearance.js';
import { contenderNames } from '../contender-name.js';
import type { Evaluated } from '../evaluate.js';
import { ratesOf } from '../rates.js';
import { nameOf } from '../stratification.js';
import { fewPersons } from '../stratum-figures.js';
import { stratumWords } from '../stratum-words.js';
import { intervalWords, percent } from '../words.js';
import type { Curve } from './curves.js';
import { detCurves } from './det.js';
import { falseMatchCurves } from './false-match-curves.js';
import { histogram } from './histograms.js';
import { en, escape } from './html.js';
import { preferenceTable } from './preference-table.js';
import { sideBySide } from './side-by-side.js';
import { strataTable } from './strata-table.js';
import { style } from './style.js';
import { summary } from './summary.js';

/**
 * Evaluations as one self-contained HTML page, to mail, print and keep: one recogniser or two side by side, with
 * their strata where they were asked for. It holds counts and rates, and no picture.
 */
export function reportPage(evaluated: readonly Evaluated[], made: Date): string {
  const names = contenderNames(evaluated);
  const recognisers = evaluated.map(
    ({ evaluation: { model } }, i) =>
      `照合器 ${en('recogniser')} ${escape(names[i])} <code>${model.sha256.slice(0, 12)}</code>`,
  );
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
<p>${made.toISOString().slice(0, 10)} · ${recognisers.join(' · ')}</p>
${overview(evaluated, names)}
${evaluated[0].strata.length > 0 ? strata(evaluated, names) : ''}
${evaluated.map((one, i) => single(one, names[i])).join('\n')}
${notes(evaluated)}
</main>
</body>
</html>
`;
}

function overview(evaluated: readonly Evaluated[], names: readonly string[]): string {
  const curves = evaluated.map(({ evaluation, tally }, i) => ({
    name: { ja: names[i], en: '' },
    rates: ratesOf(tally),
    eer: evaluation.eer,
  }));
  return `<section>
<h2>別人すべて ${en('All strangers')}</h2>
${evaluated.length > 1 ? sideBySide(evaluated) : ''}
${det(curves, '別人すべて', 'all strangers')}
</section>`;
}

function strata(evaluated: readonly Evaluated[], names: readonly string[]): string {
  const drawings = evaluated.map(({ evaluation: { atThreshold }, strata: results }, i) => {
    const curves = results.map(({ figures, tally }) => ({
      name: stratumWords(nameOf(figures)),
      rates: ratesOf(tally),
      eer: figures.eer,
      group: figures.group,
    }));
    const wide = curves.filter(({ group }) => group === null);
    return `<h3>${escape(names[i])}</h3>
${det(wide, '別人の範囲ごと', 'by stratum')}
<figure>
<figcaption>類似度ごとの誤一致率：右にあるほど、別人が高い類似度になります ${en('FMR over the score: the further to the right, the more alike these strangers score')}</figcaption>
${falseMatchCurves(curves, atThreshold.threshold)}
</figure>`;
  });
  return `<section>
<h2>似た別人 ${en('Strangers who look alike')}</h2>
${strataTable(evaluated)}
${evaluated.length > 1 ? preferenceTable(evaluated) : ''}
${drawings.join('\n')}
</section>`;
}

function det(curves: readonly Curve[], ja: string, english: string): string {
  return `<figure>
<figcaption>DET 曲線（${ja}）：左下に近いほど良い ${en(`DET curves, ${english}: the nearer to the lower left the better. Rates of none lie on the edge.`)}</figcaption>
${detCurves(curves)}
</figure>`;
}

function single({ evaluation, tally }: Evaluated, name: string): string {
  const { genuine, impostor, atThreshold } = evaluation;
  const { threshold } = atThreshold;
  return `<section>
<h2>${escape(name)}</h2>
${summary(evaluation)}
<figure>
<figcaption>本人の組 ${genuine.toLocaleString('en')}：類似度の分布 ${en('Genuine pairs: similarity scores')}</figcaption>
${histogram({ kind: 'genuine', counts: tally.genuine, label: '本人の組の類似度 / scores of genuine pairs' }, threshold)}
</figure>
<figure>
<figcaption>他人の組 ${impostor.toLocaleString('en')}：類似度の分布 ${en('Impostor pairs: similarity scores')}</figcaption>
${histogram({ kind: 'impostor', counts: tally.impostor, label: '他人の組の類似度 / scores of impostor pairs' }, threshold)}
</figure>
</section>`;
}

function notes([{ evaluation, strata: stratified }]: readonly Evaluated[]): string {
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
${stratified.length > 0 ? strataNotes() : ''}
${simulated}
</ul>
</section>`;
}

/** How the figures of a stratum are made, and what they cannot tell. */
function strataNotes(): string {
  return [
    [
      '別人の範囲は、それぞれの次の範囲を含みます。「似た」は性別と出自が同じで、年齢の差が五歳までです。',
      'Each stratum includes the harder ones. Alike: same gender and group, ages within 5 years.',
    ],
    [
      `上限は人を単位とします。同じ人を含む組は独立でなく、組が増えても人が増えなければ、あまり言えません。${fewPersons} 人より少ない範囲は「少人数」で、目安にとどまります。`,
      `The bound is by persons: pairs that share a person are not independent. A stratum of fewer than ${fewPersons} persons is called one of few, and its figures hint at most.`,
    ],
    [
      'ずれ：その範囲の別人の平均が、別人すべての平均より、その標準偏差の何倍高いか。',
      "Shift: by how many standard deviations of any two strangers these strangers' mean score is higher.",
    ],
    [
      '本人の組は、その範囲に別人がいる人のものです。出自と性別は、本人の申告です。',
      'Genuine pairs are of persons who have a stranger in the stratum. Gender and group are self-reported.',
    ],
  ]
    .map(([ja, english]) => `<li>${ja} ${en(english)}</li>`)
    .join('\n');
}
