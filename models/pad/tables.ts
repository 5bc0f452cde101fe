import type { Rate, Report } from './measure.js';
import type { WatchReport } from './watch.js';

/** The rates of the challenge, with what each cue alone would pass. */
export function challengeTable({ bpcer, apcer, answering, passedCue }: Report): string {
  const line = (kind: string, name: string, result: Rate) => {
    const cues = Object.entries(passedCue[kind]).map(([cue, count]) => `${cue} ${count}`);
    return `${rowOf(kind, name, result)}   ${cues.join(', ')}`;
  };
  return [
    '\nなりすまし検出の誤り（作った連続画像、95 %信頼区間） / error rates on synthetic sequences, 95 % intervals',
    '右は、それぞれの手がかりだけなら通った数 / on the right: how many each cue alone would pass',
    line('bona-fide', 'BPCER', bpcer),
    ...Object.entries(apcer).map(([kind, result]) => line(kind, 'APCER', result)),
    '求められたとおりに動く映像なら / films that follow the challenge, as if it were known',
    ...Object.entries(answering).map(([kind, result]) => rowOf(kind, 'APCER', result)),
    '',
  ].join('\n');
}

/** The rates of the watch without a challenge. */
export function watchTable({ bpcer, apcer }: WatchReport): string {
  return [
    '\n動きをお願いしないときの注意の誤り（作った連続画像、95 %信頼区間） / the watch without a challenge, 95 % intervals',
    rowOf('bona-fide', 'BPCER', bpcer),
    ...Object.entries(apcer).map(([kind, result]) => rowOf(kind, 'APCER', result)),
    '',
  ].join('\n');
}

function rowOf(kind: string, name: string, { errors, of, rate, interval }: Rate): string {
  return `${kind.padEnd(16)}${name}  ${percent(rate).padStart(7)}  (${interval.map(percent).join(' – ')})  ${errors}/${of}`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
