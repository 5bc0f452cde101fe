import { drawing, element, text, wire } from '../../image/handbook/drawings/svg.js';
import type { Comparison } from './against.js';

/** In millimetres. */
const [width, height, margin] = [160, 100, 18];

/** Draws the time of a comparison by the pictures' megapixels, both on logarithmic axes: ours, and the floor dashed. */
export function plot(growth: readonly Comparison[]): string {
  const times = growth.flatMap(({ floor, ours }) => [floor, ours]);
  const x = axis(
    growth.map(({ megapixels }) => megapixels),
    margin,
    width - margin,
  );
  const y = axis(times, height - margin, margin);
  const line = (value: 'floor' | 'ours', attributes: Readonly<Record<string, string | number>>) =>
    wire(
      growth.map((comparison) => [x(comparison.megapixels), y(comparison[value])] as const),
      { 'stroke-width': 0.6, ...attributes },
    );
  return drawing(width, height, 'one comparison, by megapixels', [
    line('ours', {}),
    line('floor', { 'stroke-dasharray': '2 1.5' }),
    ...growth.flatMap(({ megapixels, floor, ours }) => [
      text(x(megapixels), height - margin + 6, `${megapixels}`, 3.2, { 'text-anchor': 'middle' }),
      dot(x(megapixels), y(ours)),
      text(x(megapixels), y(ours) - 2, ours.toFixed(0), 3.2, { 'text-anchor': 'middle' }),
      text(x(megapixels), y(floor) + 5, floor.toFixed(0), 2.6, { 'text-anchor': 'middle' }),
    ]),
    text(margin, 8, 'ms for two pictures: ours, and dashed the floor of decoding them whole', 3.2),
    text(width - margin, height - 4, 'megapixels', 3.2, { 'text-anchor': 'end' }),
  ]);
}

const dot = (cx: number, cy: number): string => element('circle', { cx, cy, r: 0.8 });

/** Maps values to millimetres, each doubling by the same length. */
function axis(values: readonly number[], from: number, to: number): (value: number) => number {
  const [least, most] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const length = most - least || 1;
  return (value) => from + ((Math.log(value) - least) / length) * (to - from);
}
