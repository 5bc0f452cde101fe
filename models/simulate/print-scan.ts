import { createHash } from 'node:crypto';

import sharp, { type Sharp } from 'sharp';

import { toGreyscale } from '../../appliance/face/greyscale.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { asCard, type CardKind } from './card.js';
import { halftone } from './halftone.js';
import type { Print } from './print.js';
import { type Random, seededRandom } from '../random.js';

/** In millimetres: a card's portrait, and the paper around it in the scan. */
const portrait = { width: 25, height: 32 };
const margin = 3;
const millimetresPerInch = 25.4;
/** In dots per inch: the scan, and the raster in which halftone dots are drawn. */
export const resolution = 300;
const raster = 600;

/** Levels of bare paper: warm white, and the same in a greyscale scan. */
const paperInColour = [243, 240, 232];
const paperInGrey = [240, 240, 240];

/** What varies between copies: derived from each picture, the same in every run. */
type Copy = {
  readonly grey: boolean;
  /** Degrees, clockwise. */
  readonly tilt: number;
  /** The scanner's optical blur, as a standard deviation in its pixels. */
  readonly blur: number;
  /** The scanner's exposure: a factor and an offset for each level. */
  readonly gain: number;
  readonly offset: number;
  /** The sensor's noise, as a standard deviation in levels. */
  readonly noise: number;
};

/**
 * Simulates a scan of a picture printed as a card's portrait: fitted into 25 × 32 mm, halftoned on off-white
 * paper (half of all pictures in black ink only), laid slightly askew, scanned at 300 dpi with blur and
 * sensor noise. Deterministic: the same picture always gives the same scan.
 *
 * A stand-in for real prints and scans of plain paper; wear is not simulated.
 */
export function printAndScan(picture: RgbImage): Promise<RgbImage> {
  return printAndScanAs(undefined, picture);
}

/** The same of a card with features of its own. What the scan of a picture varies in is the same for all kinds. */
export async function printAndScanAs(kind: CardKind | undefined, picture: RgbImage): Promise<RgbImage> {
  const hash = createHash('sha256').update(picture.data).digest();
  const random = seededRandom(hash.readUInt32LE());
  const copy = copyOf(random);
  const plain = await print(picture, copy.grey);
  const { image, paper } = kind ? await asCard(kind, plain, seededRandom(hash.readUInt32LE(4))) : plain;
  const laid = await layDown(image, copy.tilt, paper);
  return expose(await scan(laid, copy.blur), copy, random);
}

async function print(picture: RgbImage, grey: boolean): Promise<Print> {
  const paper = grey ? paperInGrey : paperInColour;
  const sized = await fit(grey ? await toGreyscale(picture) : picture);
  const image = halftone(sized, { resolution: raster, paper, grey });
  return { image, dots: raster / millimetresPerInch, paper, grey };
}

function copyOf({ uniform }: Random): Copy {
  const between = (low: number, high: number): number => low + (high - low) * uniform();
  return {
    grey: uniform() < 0.5,
    tilt: between(-2, 2),
    blur: between(0.6, 0.9),
    gain: between(0.94, 1.02),
    offset: between(-2, 6),
    noise: between(1.5, 3.5),
  };
}

async function fit(picture: RgbImage): Promise<RgbImage> {
  const [width, height] = [pixels(portrait.width, raster), pixels(portrait.height, raster)];
  return imageOf(open(picture).resize({ width, height, fit: 'inside' }));
}

/** Adds a paper margin and tilts the sheet; what the rotation adds beyond the paper is cropped. */
async function layDown(printed: RgbImage, tilt: number, paper: readonly number[]): Promise<RgbImage> {
  const [r, g, b] = paper;
  const background = { r, g, b };
  const edge = pixels(margin, raster);
  const whole = await imageOf(
    open(printed).extend({ top: edge, bottom: edge, left: edge, right: edge, background }),
  );
  const turned = await imageOf(open(whole).rotate(tilt, { background }));
  return imageOf(
    open(turned).extract({
      left: Math.floor((turned.width - whole.width) / 2),
      top: Math.floor((turned.height - whole.height) / 2),
      width: whole.width,
      height: whole.height,
    }),
  );
}

async function scan(laid: RgbImage, blur: number): Promise<RgbImage> {
  const [width, height] = [laid.width, laid.height].map((side) => Math.round((side * resolution) / raster));
  const scanned = await imageOf(open(laid).resize({ width, height, fit: 'fill', kernel: 'linear' }));
  return imageOf(open(scanned).blur(blur));
}

function expose(
  { data, width, height }: RgbImage,
  { gain, offset, noise, grey }: Copy,
  { normal }: Random,
): RgbImage {
  const exposed = new Uint8ClampedArray(data.length);
  let deviation = 0;
  for (let i = 0; i < data.length; i++) {
    // A greyscale scan has one sensor for all three channels.
    if (!grey || i % 3 === 0) deviation = normal() * noise;
    exposed[i] = data[i] * gain + offset + deviation;
  }
  return { data: new Uint8Array(exposed.buffer), width, height };
}

function pixels(millimetres: number, dotsPerInch: number): number {
  return Math.round((millimetres / millimetresPerInch) * dotsPerInch);
}

function open({ data, width, height }: RgbImage): Sharp {
  return sharp(data, { raw: { width, height, channels: 3 } });
}

async function imageOf(picture: Sharp): Promise<RgbImage> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height };
}
