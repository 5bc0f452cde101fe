import type { Page } from './scanner.js';

/** In millimetres. The edge of the glass, where the lid casts a shadow, is skipped; the rest is divided into spots. */
const margin = 5;
const spot = 5;

/** How bright the glass is and how even: levels, 0 to 255. */
export type GlassMeasure = {
  /** The median spot's level. */
  readonly brightness: number;
  /** The largest difference of a spot from the median: small for dust, large for a card or a photo. */
  readonly oddest: number;
};

/** Measures the page spot by spot; a page smaller than a spot counts as one. */
export function measureGlass(page: Page): GlassMeasure {
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
  const median = sorted[Math.floor(sorted.length / 2)];
  const oddest = Math.max(median - sorted[0], sorted[sorted.length - 1] - median);
  return { brightness: Math.round(median), oddest: Math.round(oddest) };
}

/** The mean of all samples in a rectangle, over all channels. */
function meanOf(page: Page, left: number, top: number, width: number, height: number): number {
  const { data, channels } = page;
  let sum = 0;
  for (let y = top; y < top + height; y++) {
    const row = (y * page.width + left) * channels;
    for (let at = row; at < row + width * channels; at++) sum += data[at];
  }
  return sum / (width * height * channels);
}
