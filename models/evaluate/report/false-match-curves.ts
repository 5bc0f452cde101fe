import type { Rates } from '../rates.js';
import { scoreOf } from '../../experiment/tally.js';
import { type Curve, legend, polyline, type Spot, spoken, tags } from './curves.js';
import { along, least, most, round, ticks } from './probit-axis.js';

const [width, height] = [560, 340];
const frame = { left: 70, right: 20, top: 26, bottom: 56 };
const scores = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8];
const highest = scores.at(-1)!;

/** The false match rate of each stratum over the score: how far right a curve lies is how alike its strangers score. */
export function falseMatchCurves(curves: readonly Curve[], threshold: number): string {
  const lines = [
    ...ticks.flatMap(({ rate, label }) => [
      `<line class="grid" x1="${x(0)}" y1="${y(rate)}" x2="${x(highest)}" y2="${y(rate)}"/>`,
      `<text x="${frame.left - 8}" y="${y(rate) + 4}" text-anchor="end">${label}</text>`,
    ]),
    ...scores.map(
      (score) => `<text x="${x(score)}" y="${y(least) + 18}" text-anchor="middle">${score}</text>`,
    ),
  ];
  const unnamed = curves.map(({ name, rates }) => ({ name, rates, eer: null }));
  const named = curves.map(({ rates }, place) => levelsFrom(place).map((rate) => spotAt(rates, rate)));
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="類似度ごとの誤一致率 / false match rate over the score: ${spoken(unnamed)}">
${lines.join('\n')}
<rect class="edge" x="${x(0)}" y="${y(most)}" width="${x(highest) - x(0)}" height="${y(least) - y(most)}"/>
<line class="threshold" x1="${x(threshold)}" y1="${y(most)}" x2="${x(threshold)}" y2="${y(least)}"/>
<text x="${x(threshold) + 6}" y="${y(most) - 8}">基準 / threshold ${threshold}</text>
${curves.map(({ rates }, place) => polyline(place, spotsOf(rates))).join('\n')}
${tags(named)}
<text x="${(frame.left + width - frame.right) / 2}" y="${height - 12}" text-anchor="middle">類似度 / similarity score</text>
<text transform="translate(16 ${(frame.top + height - frame.bottom) / 2}) rotate(-90)" text-anchor="middle">誤一致率 / FMR</text>
</svg>
${legend(unnamed)}`;
}

/** The rates at which the number of a curve may stand; each curve begins at another, so that few collide. */
function levelsFrom(place: number): number[] {
  const levels = Array.from({ length: 16 }, (_, step) => 0.45 * 0.7 ** step);
  const first = (2 * place) % levels.length;
  return [...levels.slice(first), ...levels.slice(0, first)];
}

/** Where a curve falls to this rate. */
function spotAt({ fmr }: Rates, rate: number): Spot {
  return [x(scoreOf(fmr.findIndex((share) => share <= rate))), y(rate)];
}

/** Stairs: the rate holds up to the score at which it falls. */
function spotsOf({ fmr }: Rates): Spot[] {
  const falls = [...fmr.keys()].filter((bin) => bin > 0 && fmr[bin] !== fmr[bin - 1]);
  return [
    [x(0), y(1)],
    ...falls.flatMap((bin): Spot[] => [
      [x(scoreOf(bin)), y(fmr[bin - 1])],
      [x(scoreOf(bin)), y(fmr[bin])],
    ]),
  ];
}

function x(score: number): number {
  return round(frame.left + (Math.min(score, highest) / highest) * (width - frame.left - frame.right));
}

function y(rate: number): number {
  return round(height - frame.bottom - along(rate) * (height - frame.top - frame.bottom));
}
