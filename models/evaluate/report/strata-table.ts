import { contenderNames } from '../contender-name.js';
import type { Evaluated } from '../evaluate.js';
import { fewPersons, type StratumFigures, type StratumResult } from '../stratum-figures.js';
import { percent, percentOrDash } from '../words.js';
import { cells, columnHead, en, escape } from './html.js';
import { stratumHead } from './stratum-head.js';

/** The figures of each stratum, the recognisers below each other. */
export function strataTable(evaluated: readonly Evaluated[]): string {
  const names = contenderNames(evaluated);
  const rows = evaluated[0].strata.map(({ figures: first }) => {
    const each = evaluated.flatMap(({ strata }, place) => {
      const figures = sameStratum(strata, first);
      return figures
        ? [`<tr><th scope="row">${escape(names[place])}</th>${cells(valuesOf(figures))}</tr>`]
        : [];
    });
    const head = `<tr><th scope="rowgroup" colspan="8"><b>${stratumHead(first)}</b> ${basisOf(first)}</th></tr>`;
    return `<tbody>\n${[head, ...each].join('\n')}\n</tbody>`;
  });
  const heads = [
    columnHead('照合器', 'recogniser'),
    columnHead('FMR', 'at the threshold'),
    columnHead('上限', '95 % bound'),
    columnHead('ずれ', 'shift, SD'),
    columnHead('d′', ''),
    columnHead('EER', ''),
    columnHead('FNMR', 'at the threshold'),
    columnHead('FMR', 'at FNMR 1 %'),
  ];
  return `<table class="figures">
<caption>別人の範囲ごとの誤り ${en('Errors by stratum of strangers')}</caption>
<thead><tr>${heads.join('')}</tr></thead>
${rows.join('\n')}
</table>`;
}

function sameStratum(strata: readonly StratumResult[], { stratum, group }: StratumFigures) {
  return strata.find(({ figures }) => figures.stratum === stratum && figures.group === group)?.figures;
}

function basisOf({ persons, impostor, genuine }: StratumFigures): string {
  const few = persons < fewPersons ? ` <b>少人数</b> ${en('few persons')}` : '';
  const pairs = impostor.toLocaleString('en');
  return (
    `${persons} 人、別人 ${pairs} 組、本人 ${genuine} 組 ` +
    `${en(`${persons} persons, ${pairs} impostor and ${genuine} genuine pairs`)}${few}`
  );
}

function valuesOf({ fmr, fmrBound, shift, decidability, eer, fnmr, fmrAtFnmr }: StratumFigures): string[] {
  return [
    percent(fmr),
    `≤ ${percent(fmrBound)}`,
    shift?.toFixed(2) ?? '–',
    decidability?.toFixed(2) ?? '–',
    percentOrDash(eer),
    percentOrDash(fnmr),
    percentOrDash(fmrAtFnmr),
  ];
}
