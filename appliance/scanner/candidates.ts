import sharp from 'sharp';

import type { RgbImage } from '../face/image.js';
import { scaled } from './crop.js';
import { type Detect, detectorSide } from './detection.js';
import { tileStarts, type Rectangle, sameFace, scaledBack } from './geometry.js';
import type { Page } from './scanner.js';

/**
 * In millimetres: the side of the tiles in which faces are searched for. Portraits of 15 to 75 mm are found in them.
 */
const tileSide = 150;
const millimetresPerInch = 25.4;

/** The standard deviation of levels below which a page is blank: it allows dust and uneven light of the lamp. */
const blank = 4;

const mostCandidates = 6;

/**
 * Face candidates in pixels of the page, the highest score first; undefined if the page is blank. The page is scaled
 * so that a tile fills the detector's input, and searched whole and in tiles that overlap by half.
 */
export async function findCandidates(page: Page, detect: Detect): Promise<readonly Rectangle[] | undefined> {
  const overview = await scaled(page, overviewScale(page));
  if (await isBlank(overview)) return undefined;
  const scale = overview.width / page.width;
  const found: { box: Rectangle; score: number }[] = [];
  for (const part of [wholePage(overview), ...tiles(overview)]) {
    for (const { box, score } of await detect(copied(overview, part))) {
      found.push({ box: scaledBack({ ...box, x: box.x + part.x, y: box.y + part.y }, scale), score });
    }
  }
  found.sort((a, b) => b.score - a.score);
  return found
    .map(({ box }) => box)
    .filter((box, i, boxes) => !boxes.slice(0, i).some((better) => sameFace(better, box)))
    .slice(0, mostCandidates);
}

/** A page smaller than a tile fills the input by itself. */
function overviewScale({ width, height, resolution }: Page): number {
  const tilePixels = (tileSide / millimetresPerInch) * resolution;
  return Math.min(1, detectorSide / Math.min(tilePixels, Math.max(width, height)));
}

async function isBlank({ data, width, height }: RgbImage): Promise<boolean> {
  const { channels } = await sharp(data, { raw: { width, height, channels: 3 } }).stats();
  return channels.every(({ stdev }) => stdev < blank);
}

function wholePage({ width, height }: RgbImage): Rectangle {
  return { x: 0, y: 0, width, height };
}

function tiles({ width, height }: RgbImage): readonly Rectangle[] {
  if (width <= detectorSide && height <= detectorSide) return [];
  const size = { width: Math.min(detectorSide, width), height: Math.min(detectorSide, height) };
  return tileStarts(height, detectorSide).flatMap((y) =>
    tileStarts(width, detectorSide).map((x) => ({ x, y, ...size })),
  );
}

function copied({ data, width }: RgbImage, part: Rectangle): RgbImage {
  const copy = new Uint8Array(part.width * part.height * 3);
  for (let row = 0; row < part.height; row++) {
    const from = ((part.y + row) * width + part.x) * 3;
    copy.set(data.subarray(from, from + part.width * 3), row * part.width * 3);
  }
  return { data: copy, width: part.width, height: part.height };
}
