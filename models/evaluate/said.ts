import { contenderNames } from './contender-name.js';
import type { Evaluated } from './evaluate.js';
import { type Preference, preferences } from './preference.js';
import { nameOf, type StratumName } from './stratification.js';
import { fewPersons, type StratumFigures, type StratumResult } from './stratum-figures.js';
import { stratumWords } from './stratum-words.js';
import { inWords, percent, percentOrDash } from './words.js';

/** The whole answer for a terminal, Japanese first. */
export function answerInWords(evaluated: readonly Evaluated[]): string {
  const [first] = evaluated;
  const second = evaluated.at(1);
  const names = contenderNames(evaluated);
  const each = evaluated.map(
    (one, i) =>
      `${second ? `${names[i]}\n` : ''}${inWords(one.evaluation)}${statedInWords(one)}${strataInWords(one.strata)}`,
  );
  const compared =
    second && first.strata.length > 0
      ? [preferencesInWords(preferences(first.strata, second.strata), names[1])]
      : [];
  return [...each, ...compared].join('\n');
}

function statedInWords({ calibration: { file, stated } }: Evaluated): string {
  return file === undefined
    ? ''
    : `  較正が基準で示す誤一致率 / FMR that the calibration states there: ${percent(stated)}\n`;
}

/** One line a stratum, figures first: the columns stay straight whatever the width of the names. */
function strataInWords(results: readonly StratumResult[]): string {
  if (results.length === 0) return '';
  const heads = ['FMR', '≤ 95 %', 'shift', "d'", 'EER', 'FNMR', 'persons', 'pairs'];
  const lines = results.map(
    ({ figures }) => `${columns(valuesOf(figures))}  ${named(figures)}${fewInWords(figures)}`,
  );
  return `  基準での誤りを、別人の範囲ごとに（似た別人は、性別と出自が同じで五歳差まで）\n  errors at the threshold, by stratum (alike: same gender and group, ages within 5 years)\n${columns(heads)}\n${lines.join('\n')}\n`;
}

function preferencesInWords(each: readonly Preference[], second: string): string {
  const lines = each.map(
    (preference) =>
      `${columns([percentOrDash(preference.decidability), percentOrDash(preference.shift)])}  ${named(preference)}`,
  );
  return (
    `${second} のほうが良い標本の割合 / share of draws in which ${second} is better\n` +
    `${columns(["d'", 'shift'])}\n${lines.join('\n')}\n`
  );
}

function valuesOf(figures: StratumFigures): string[] {
  const { fmr, fmrBound, shift, decidability, eer, fnmr, persons, impostor } = figures;
  return [
    percent(fmr),
    percent(fmrBound),
    shift?.toFixed(2) ?? '–',
    decidability?.toFixed(2) ?? '–',
    percentOrDash(eer),
    percentOrDash(fnmr),
    String(persons),
    impostor.toLocaleString('en'),
  ];
}

function columns(values: readonly string[]): string {
  return values.map((value) => value.padStart(9)).join('');
}

function named(name: StratumName): string {
  const { ja, en } = stratumWords(nameOf(name));
  return `${ja} / ${en}`;
}

function fewInWords({ persons }: StratumFigures): string {
  return persons < fewPersons ? '（少人数 / few persons）' : '';
}
