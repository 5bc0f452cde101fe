import { bins, totalOf } from '../../experiment/tally.js';

const [width, height] = [560, 190];
const frame = { left: 20, right: 20, top: 26, bottom: 34 };
const bars = 50;

export type Histogram = {
  readonly kind: 'genuine' | 'impostor';
  readonly counts: Float64Array;
  readonly label: string;
};

/** The distribution of the scores of one kind of pair, as bars, with the decision threshold. */
export function histogram({ kind, counts, label }: Histogram, threshold: number): string {
  const shares = sharesOf(counts);
  const highest = Math.max(...shares);
  const step = (width - frame.left - frame.right) / bars;
  const floor = height - frame.bottom;
  const drawn = shares.map((share, bar) => {
    const tall = round((share / highest) * (floor - frame.top));
    return `<rect class="${kind}" x="${round(frame.left + bar * step)}" y="${round(floor - tall)}" width="${round(step - 1)}" height="${tall}"/>`;
  });
  const at = round(frame.left + threshold * (width - frame.left - frame.right));
  const scale = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (score) =>
      `<text x="${round(frame.left + score * (width - frame.left - frame.right))}" y="${floor + 18}" text-anchor="middle">${score}</text>`,
  );
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
${drawn.join('\n')}
<line class="edge" x1="${frame.left}" y1="${floor}" x2="${width - frame.right}" y2="${floor}"/>
<line class="threshold" x1="${at}" y1="${frame.top - 6}" x2="${at}" y2="${floor}"/>
<text x="${at + 6}" y="${frame.top - 10}">基準 / threshold ${threshold}</text>
${scale.join('\n')}
</svg>`;
}

/** The fraction of comparisons in each bar; the last bar includes a score of 1. */
function sharesOf(counts: Float64Array): number[] {
  const all = totalOf(counts);
  const shares = Array.from({ length: bars }, () => 0);
  counts.forEach((count, bin) => {
    shares[Math.min(bars - 1, Math.floor((bin * bars) / (bins - 1)))] += count / all;
  });
  return shares;
}

function round(pixels: number): number {
  return Math.round(pixels * 10) / 10;
}
