import { apply, chain, scaledRotation } from '../../face/affine.js';
import type { Colour } from '../../face/colours.js';
import type { Point, RgbImage } from '../../face/image.js';
import { labOf } from '../../face/quality/lab.js';
import type { Page } from '../../scanner/scanner.js';
import type { CardScanned, CardViewed } from '../../protocol/vault.js';
import { edgeRise } from './edge.js';
import { toGrey } from './grey.js';
import { card, patch, patches, ring, rings } from '../../protocol/test-card.js';
import { findCard } from './pose.js';

/** Pixels per millimetre at which the card is searched for. */
const detail = 4;
const millimetresPerInch = 25.4;

/** Measures the card's lengths and colours in a scan; undefined if there is no card. */
export async function measureScan(page: Page): Promise<CardScanned | undefined> {
  const perMillimetre = page.resolution / millimetresPerInch;
  const overview = await toGrey(page, Math.min(1, detail / perMillimetre));
  const pose = findCard(overview);
  if (!pose) return undefined;
  const scale = page.width / overview.width;
  const toPage = chain(pose.toPicture, scaledRotation(scale, 0));
  const paper = meanOf(page, apply(toPage, rings[0]), (ring.hole / 2) * perMillimetre);
  const rise = edgeRise(await toGrey(page), toPage);
  return {
    ...sidesOf(pose.corners, scale / perMillimetre),
    differences: patches.map((each) => {
      const seen = meanOf(page, apply(toPage, each), (patch.side / 2) * perMillimetre);
      return Math.min(200, Math.round(difference(each.colour, onWhite(seen, paper))));
    }),
    ...(rise === undefined ? {} : { riseTenths: tenths(rise) }),
  };
}

/** Measures how sharp a camera sees the card; undefined if there is no card. */
export async function measureView(picture: RgbImage): Promise<CardViewed | undefined> {
  const grey = await toGrey({ ...picture, channels: 3 });
  const pose = findCard(grey);
  const rise = pose && edgeRise(grey, pose.toPicture);
  if (!rise) return undefined;
  const across = Math.hypot(pose.toPicture.a, pose.toPicture.d) * card.width;
  return { riseTenths: tenths(rise), pixels: Math.round(across) };
}

function tenths(value: number): number {
  return Math.round(value * 10);
}

/** The sides of the rectangle between the rings, each the mean of two. */
function sidesOf([a, b, c, d]: readonly Point[], millimetres: number) {
  const between = (one: Point, other: Point) => Math.hypot(other.x - one.x, other.y - one.y) * millimetres;
  return {
    widthTenths: tenths((between(a, b) + between(d, c)) / 2),
    heightTenths: tenths((between(a, d) + between(b, c)) / 2),
  };
}

/** The mean colour of a square around a point; a greyscale page gives grey. */
function meanOf({ data, width, height, channels }: Page, { x, y }: Point, side: number): Colour {
  const sums = [0, 0, 0];
  let count = 0;
  const [left, top] = [Math.max(0, Math.round(x - side / 2)), Math.max(0, Math.round(y - side / 2))];
  for (let row = top; row < Math.min(height, top + side); row++) {
    for (let column = left; column < Math.min(width, left + side); column++) {
      const at = (row * width + column) * channels;
      for (const channel of [0, 1, 2]) sums[channel] += data[at + (channels === 3 ? channel : 0)];
      count += 1;
    }
  }
  const [red, green, blue] = sums.map((sum) => (count > 0 ? sum / count : 0));
  return { red, green, blue };
}

/** The colour relative to white paper, which cancels out paper and lamp. */
function onWhite(seen: Colour, paper: Colour): Colour {
  const relative = (level: number, white: number) =>
    Math.min(255, Math.round((255 * level) / Math.max(1, white)));
  return {
    red: relative(seen.red, paper.red),
    green: relative(seen.green, paper.green),
    blue: relative(seen.blue, paper.blue),
  };
}

/** The colour difference ΔE*ab of CIE 1976. */
function difference(one: Colour, other: Colour): number {
  const [a, b] = [labOf(one), labOf(other)];
  return Math.hypot(a.l - b.l, a.a - b.a, a.b - b.b);
}
