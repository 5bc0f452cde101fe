import { appearanceWords } from '../experiment/appearance.js';
import { wantedRates } from '../experiment/rule-of-three.js';
import type { Evaluation } from './evaluation.js';

/** A percentage with three significant digits, enough for rare errors. */
export function percent(share: number): string {
  if (share === 0) return '0 %';
  return `${(share * 100).toLocaleString('en', { maximumSignificantDigits: 3 })} %`;
}

/** A rate, or a dash where there is none. */
export function percentOrDash(share: number | null): string {
  return share === null ? '–' : percent(share);
}

export function span({ low, high }: { low: number; high: number }): string {
  return `${percent(low)} – ${percent(high)}`;
}

/** How the intervals were computed, in both languages. */
export function intervalWords({ intervals, genuine, impostor }: Evaluation): { ja: string; en: string } {
  const { over, replicates, genuineResampled, impostorResampled } = intervals;
  const part = genuineResampled < genuine || impostorResampled < impostor;
  const [some, ofThem] = part
    ? [
        `、本人 ${genuineResampled} 組・他人 ${impostorResampled} 組を無作為に抜き出して`,
        ` of a random sample of ${genuineResampled} genuine and ${impostorResampled} impostor pairs`,
      ]
    : ['', ''];
  const resampled = {
    ja: `${over === 'persons' ? '人' : '組'}を単位とするブートストラップ ${replicates} 回${some}`,
    en: `bootstrap over ${over}, ${replicates} draws${ofThem}`,
  };
  return intervals.fnmr === 'bootstrap'
    ? resampled
    : {
        ja: `FNMR は Clopper–Pearson、EER は${resampled.ja}`,
        en: `FNMR Clopper–Pearson, EER ${resampled.en}`,
      };
}

/** The result for a terminal, Japanese first. */
export function inWords(evaluation: Evaluation): string {
  const { genuine, impostor, failedToEnrol, failures, auc, eer, fnmrAtFmr, persons, pictures } = evaluation;
  const { withheld, eerInterval, eerThreshold, decidability, atThreshold, model } = evaluation;
  const causes = Object.entries(failures).map(([code, count]) => `${code} ${count}`);
  const method = intervalWords(evaluation);
  const lines = [
    `人 ${persons}、写真 ${pictures} / persons ${persons}, pictures ${pictures}` +
      appearanceWords(evaluation)
        .map(({ ja, en }) => `（${ja} / ${en}）`)
        .join(''),
    `  本人の組 / genuine comparisons      ${genuine}`,
    `  他人の組 / impostor comparisons     ${impostor}`,
    `  比べなかった組 / pairs withheld     ${withheld.genuine} + ${withheld.impostor}`,
    `  登録失敗 / failure to enrol         ${failedToEnrol}${causes.length > 0 ? `（${causes.join(', ')}）` : ''}`,
    `  AUC                                 ${auc.toFixed(6)}`,
    `  EER                                 ${percent(eer)}  [${span(eerInterval)}]  ≥ ${eerThreshold.toFixed(4)}`,
    `  d′                                  ${decidability?.toFixed(3) ?? '–'}`,
    ...wantedRates.map((wanted) => {
      const point = fnmrAtFmr[String(wanted)];
      const at = `  FNMR, FMR ${percent(wanted)}`.padEnd(38);
      if (point) return `${at}${percent(point.fnmr)}  [${span(point)}]  ≥ ${point.threshold.toFixed(4)}`;
      return `${at}この組数では言えません / too few pairs to tell`;
    }),
    `  基準 / threshold ${atThreshold.threshold}: FMR ${percent(atThreshold.fmr)}, FNMR ${percent(atThreshold.fnmr)}`,
    `  [ ] 95 % 区間: ${method.ja} / interval: ${method.en}`,
    `  照合器 / recogniser ${model.id} ${model.sha256.slice(0, 12)}`,
  ];
  return `${lines.join('\n')}\n`;
}
