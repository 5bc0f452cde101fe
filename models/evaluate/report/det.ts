import type { Rates } from '../rates.js';
import { percent } from '../words.js';
import { probit } from './probit.js';

const [width, height] = [560, 480];
const frame = { left: 70, right: 20, top: 16, bottom: 62 };
const ticks = [0.0001, 0.001, 0.01, 0.05, 0.2, 0.5];
/** The ends of both axes; rates beyond them, and zero, are drawn on the edge. */
const [least, most] = [0.00005, 0.6];

/** The DET curve: FNMR over FMR for every threshold, on axes of normal deviates. */
export function detCurve(rates: Rates, eer: number): string {
  const points = curveOf(rates).map(([fmr, fnmr]) => `${x(fmr)},${y(fnmr)}`);
  const lines = ticks.flatMap((tick) => [
    `<line class="grid" x1="${x(tick)}" y1="${y(least)}" x2="${x(tick)}" y2="${y(most)}"/>`,
    `<line class="grid" x1="${x(least)}" y1="${y(tick)}" x2="${x(most)}" y2="${y(tick)}"/>`,
    `<text x="${x(tick)}" y="${height - frame.bottom + 18}" text-anchor="middle">${percent(tick)}</text>`,
    `<text x="${frame.left - 8}" y="${y(tick) + 4}" text-anchor="end">${percent(tick)}</text>`,
  ]);
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="DET 曲線 / DET curve">
${lines.join('\n')}
<line class="equal" x1="${x(least)}" y1="${y(least)}" x2="${x(most)}" y2="${y(most)}"/>
<rect class="edge" x="${x(least)}" y="${y(most)}" width="${x(most) - x(least)}" height="${y(least) - y(most)}"/>
<polyline class="curve" points="${points.join(' ')}"/>
<circle class="point" cx="${x(eer)}" cy="${y(eer)}" r="5"/>
<text x="${x(eer) + 10}" y="${y(eer) - 8}">EER ${percent(eer)}</text>
<text x="${(frame.left + width - frame.right) / 2}" y="${height - 14}" text-anchor="middle">誤一致率 / false match rate (FMR)</text>
<text transform="translate(16 ${(frame.top + height - frame.bottom) / 2}) rotate(-90)" text-anchor="middle">誤不一致率 / false non-match rate (FNMR)</text>
</svg>`;
}

/** The points where either rate changes; between them the curve does not move. */
function curveOf({ fmr, fnmr }: Rates): [number, number][] {
  const curve: [number, number][] = [];
  fmr.forEach((rate, bin) => {
    const last = curve.at(-1);
    if (last?.[0] !== rate || last[1] !== fnmr[bin]) curve.push([rate, fnmr[bin]]);
  });
  return curve;
}

function x(rate: number): number {
  return round(frame.left + along(rate) * (width - frame.left - frame.right));
}

function y(rate: number): number {
  return round(height - frame.bottom - along(rate) * (height - frame.top - frame.bottom));
}

function along(rate: number): number {
  const within = Math.min(Math.max(rate, least), most);
  return (probit(within) - probit(least)) / (probit(most) - probit(least));
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
