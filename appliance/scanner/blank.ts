import type { Page } from './scanner.js';

/** In millimetres: the edge of the glass, where the lid throws its shadow, is not looked at; the rest by spots of this size. */
const margin = 5;
const spot = 5;

/** How bright an empty glass under its closed lid is, and how even: levels, 0 to 255. */
export type Blankness = {
  /** Of the middling spot. */
  readonly brightness: number;
  /** By how much the oddest spot differs from it: dust does not count, a card or a photo does. */
  readonly oddest: number;
};

/** Looks at a page spot by spot, each by its mean; a page too small for one spot is looked at whole. */
export function blankness(page: Page): Blankness {
  const dots = (millimetres: number) => Math.round((millimetres / 25.4) * page.resolution);
  const [edge, step] = [dots(margin), dots(spot)];
  const means: number[] = [];
  for (let top = edge; top + step <= page.height - edge; top += step) {
    for (let left = edge; left + step <= page.width - edge; left += step) {
      means.push(meanOf(page, left, top, step, step));
    }
  }
  if (means.length === 0) means.push(meanOf(page, 0, 0, page.width, page.height));
  const sorted = means.toSorted((one, other) => one - other);
  const middling = sorted[Math.floor(sorted.length / 2)];
  const oddest = Math.max(middling - sorted[0], sorted[sorted.length - 1] - middling);
  return { brightness: Math.round(middling), oddest: Math.round(oddest) };
}

/** The mean of all samples in a rectangle, whatever their channel. */
function meanOf(page: Page, left: number, top: number, width: number, height: number): number {
  const { data, channels } = page;
  let sum = 0;
  for (let y = top; y < top + height; y++) {
    const row = (y * page.width + left) * channels;
    for (let at = row; at < row + width * channels; at++) sum += data[at];
  }
  return sum / (width * height * channels);
}
