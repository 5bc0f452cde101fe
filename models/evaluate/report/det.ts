import type { Rates } from '../rates.js';
import { type Curve, legend, polyline, spoken, type Spot, tags } from './curves.js';
import { along, least, most, round, ticks } from './probit-axis.js';

const [width, height] = [560, 480];
const frame = { left: 70, right: 20, top: 16, bottom: 62 };

/** DET curves over each other: FNMR over FMR for every threshold, on axes of normal deviates, with their EER. */
export function detCurves(curves: readonly Curve[]): string {
  const lines = ticks.flatMap(({ rate, label }) => [
    `<line class="grid" x1="${x(rate)}" y1="${y(least)}" x2="${x(rate)}" y2="${y(most)}"/>`,
    `<line class="grid" x1="${x(least)}" y1="${y(rate)}" x2="${x(most)}" y2="${y(rate)}"/>`,
    `<text x="${x(rate)}" y="${height - frame.bottom + 18}" text-anchor="middle">${label}</text>`,
    `<text x="${frame.left - 8}" y="${y(rate) + 4}" text-anchor="end">${label}</text>`,
  ]);
  const equal = curves.map(({ eer }) => spotsBeside(eer ?? 0));
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="DET 曲線 / DET curves: ${spoken(curves)}">
${lines.join('\n')}
<line class="equal" x1="${x(least)}" y1="${y(least)}" x2="${x(most)}" y2="${y(most)}"/>
<rect class="edge" x="${x(least)}" y="${y(most)}" width="${x(most) - x(least)}" height="${y(least) - y(most)}"/>
${curves.map(({ rates }, place) => polyline(place, spotsOf(rates))).join('\n')}
${tags(equal)}
<text x="${(frame.left + width - frame.right) / 2}" y="${height - 14}" text-anchor="middle">誤一致率 / false match rate (FMR)</text>
<text transform="translate(16 ${(frame.top + height - frame.bottom) / 2}) rotate(-90)" text-anchor="middle">誤不一致率 / false non-match rate (FNMR)</text>
</svg>
${legend(curves)}`;
}

/** The points where either rate changes; between them the curve does not move. */
function spotsOf({ fmr, fnmr }: Rates): Spot[] {
  const changes = [...fmr.keys()].filter(
    (bin) => bin === 0 || fmr[bin] !== fmr[bin - 1] || fnmr[bin] !== fnmr[bin - 1],
  );
  return changes.map((bin) => [x(fmr[bin]), y(fnmr[bin])]);
}

/** Where the number of a curve may stand: at its EER within the frame, or to the right of that. */
function spotsBeside(eer: number): Spot[] {
  const [left, top] = [Math.max(x(eer), frame.left + 12), Math.min(y(eer), height - frame.bottom - 12)];
  return Array.from({ length: 10 }, (_, step): Spot => [round(left + step * 18), top]);
}

function x(rate: number): number {
  return round(frame.left + along(rate) * (width - frame.left - frame.right));
}

function y(rate: number): number {
  return round(height - frame.bottom - along(rate) * (height - frame.top - frame.bottom));
}
