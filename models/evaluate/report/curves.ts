import type { Rates } from '../rates.js';
import type { Name } from '../stratum-words.js';
import { percent } from '../words.js';
import { en, escape } from './html.js';

/** A curve of a drawing, and its name; a recogniser's has no English. */
export type Curve = { readonly name: Name; readonly rates: Rates; readonly eer: number | null };

/** A point of a drawing, in its pixels. */
export type Spot = readonly [x: number, y: number];

/** Dashes tell the curves apart without colour, and so do numbers. The last ones serve again for more curves. */
const dashes = ['', '9 4', '2 4', '14 4 2 4', '6 3 2 3 2 3', '1 6', '20 5', '12 3 12 9'];
const radius = 9;

export function polyline(place: number, spots: readonly Spot[]): string {
  return `<polyline class="curve curve-${place % dashes.length}"${dash(place)} points="${spots.join(' ')}"/>`;
}

/**
 * The number of each curve, at the first of its spots where no other number is.
 *
 * @param candidates of each curve at least one
 */
export function tags(candidates: readonly (readonly Spot[])[]): string {
  const placed: Spot[] = [];
  for (const spots of candidates) {
    const free = spots.find(([x, y]) =>
      placed.every(([left, top]) => Math.hypot(left - x, top - y) >= 2 * radius),
    );
    placed.push(free ?? spots[0]);
  }
  return placed
    .map(
      ([x, y], place) =>
        `<circle class="tag" cx="${x}" cy="${y}" r="${radius}"/>` +
        `<text x="${x}" y="${y + 4}" text-anchor="middle">${place + 1}</text>`,
    )
    .join('\n');
}

/** What each curve is: a list below the drawing, with a piece of its line. */
export function legend(curves: readonly Curve[]): string {
  const items = curves.map(({ name, eer }, place) => {
    const sample = `<line class="curve curve-${place % dashes.length}"${dash(place)} x1="0" y1="8" x2="56" y2="8"/>`;
    const rate = eer === null ? '' : ` · EER ${percent(eer)}`;
    return `<li><svg class="line" viewBox="0 0 56 16" aria-hidden="true">${sample}</svg><b>${place + 1}</b> ${escape(name.ja)} ${en(escape(name.en))}${rate}</li>`;
  });
  return `<ul class="legend">\n${items.join('\n')}\n</ul>`;
}

/** The curves in words, for who cannot see them. */
export function spoken(curves: readonly Curve[]): string {
  return curves
    .map(({ name, eer }) => `${escape(name.en || name.ja)}${eer === null ? '' : `: EER ${percent(eer)}`}`)
    .join('; ');
}

function dash(place: number): string {
  const pattern = dashes[place % dashes.length];
  return pattern ? ` stroke-dasharray="${pattern}"` : '';
}
