import sharp from 'sharp';

import type { Point, RgbImage } from '../face/image.js';
import type { FindingCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { cutSquare, scaled, turned } from './cut.js';
import {
  centre,
  overlapping,
  partOf,
  squareAround,
  turnBack,
  turns,
  type Rectangle,
  type Turn,
} from './geometry.js';
import type { Page } from './scanner.js';

/** A face as the detector saw it; box and points in pixels of the picture that it was given. */
export type DetectedFace = {
  readonly box: Rectangle;
  /** The eye that lies left in an upright picture, the other eye, the nose, the mouth, and what else there is. */
  readonly keypoints: readonly Point[];
  /** 0 to 1. */
  readonly score: number;
};

/** The detector, handed in. It sees pictures of at most `view` pixels each way. */
export type Detect = (image: RgbImage) => Promise<readonly DetectedFace[]>;

/** The document's portrait, turned upright, with a face's width of margin all round. */
export type Portrait = {
  readonly image: RgbImage;
  /** What the image shows, in pixels of the page; beyond the page's edges the edge was repeated. */
  readonly region: Rectangle;
  /** How far clockwise the region was turned to stand upright. */
  readonly turn: Turn;
};

export type PortraitFault = Extract<FindingCode, 'scan-empty' | 'no-portrait' | 'two-documents'>;

/** The detector's own input is of this size; a larger picture would show it no more. */
const view = 256;

/** The part of the page that is looked at in one piece, in millimetres: portraits of 15 to 75 mm are found in it. */
const piece = 150;
const millimetresPerInch = 25.4;

/** The spread of grey levels below which a page is blank: dust, and a lamp that is brighter in the middle. */
const blank = 4;

const mostCandidates = 8;

/**
 * A candidate is looked at with this many widths of its box around it. Of 61 portraits the upright turn was the
 * right one 61 times with 6 or 8, 59 with 4, 51 with 2: the detector tells up from down best in small faces.
 */
const surroundings = 6;
/** Score times uprightness of the least sure portrait; a face may be tilted by some 30 degrees. */
const leastUpright = 0.45;

/** A face at least this large beside the largest is another document's; a card's ghost image is smaller. */
const equalSize = 0.6;

/** Side of the portrait's picture, in widths of the face's box. */
const framing = 3;

type Candidate = { readonly box: Rectangle; readonly score: number };
type Upright = Candidate & { readonly turn: Turn };

/**
 * Finds the one portrait on a page, wherever it lies and whichever of the four ways it is turned. The page is
 * looked at in overlapping pieces; what may be a face is then looked at turned four ways, because the
 * detector fires at any turn, is surest of the upright one, and only there sees eyes above a mouth. The page's bytes are zero afterwards.
 */
export async function findPortrait(page: Page, detect: Detect): Promise<Result<Portrait, PortraitFault>> {
  try {
    const overview = await scaled(page, overviewScale(page));
    if (await isBlank(overview)) return err('scan-empty');
    const candidates = await lookOver(overview, page, detect);
    const portraits: Upright[] = [];
    for (const candidate of candidates) {
      const upright = await setUpright(candidate, page, detect);
      if (upright && !portraits.some(({ box }) => sameFace(box, upright.box))) portraits.push(upright);
    }
    portraits.sort((a, b) => b.box.width - a.box.width);
    const [portrait, next] = [portraits.at(0), portraits.at(1)];
    if (!portrait) return err('no-portrait');
    if (next && next.box.width >= portrait.box.width * equalSize) return err('two-documents');
    return ok(await cutPortrait(portrait, page));
  } finally {
    page.data.fill(0);
  }
}

/** So small that a piece fills the detector's view; a page smaller than a piece fills it by itself. */
function overviewScale({ width, height, resolution }: Page): number {
  const pieceSide = (piece / millimetresPerInch) * resolution;
  return Math.min(1, view / Math.min(pieceSide, Math.max(width, height)));
}

async function isBlank({ data, width, height }: RgbImage): Promise<boolean> {
  const { channels } = await sharp(data, { raw: { width, height, channels: 3 } }).stats();
  return channels.every(({ stdev }) => stdev < blank);
}

/** What may be a face, the surest first, in pixels of the page. */
async function lookOver(overview: RgbImage, page: Page, detect: Detect): Promise<readonly Candidate[]> {
  const scale = overview.width / page.width;
  const found: Candidate[] = [];
  for (const part of [all(overview), ...pieces(overview)]) {
    for (const { box, score } of await detect(copied(overview, part))) {
      const onOverview = { ...box, x: box.x + part.x, y: box.y + part.y };
      found.push({ box: partOf({ x: 0, y: 0, width: 0, height: 0 }, onOverview, scale), score });
    }
  }
  found.sort((a, b) => b.score - a.score);
  return found
    .filter(({ box }, i) => !found.slice(0, i).some((surer) => sameFace(surer.box, box)))
    .slice(0, mostCandidates);
}

/** The candidate at its likeliest turn, its box measured there; undefined if it is no face at any. */
async function setUpright(candidate: Candidate, page: Page, detect: Detect): Promise<Upright | undefined> {
  const around = squareAround(centre(candidate.box), surroundings * side(candidate.box));
  const { image, scale, region } = await cutSquare(page, around, view);
  const seen: Upright[] = [];
  for (const turn of turns) {
    for (const face of await detect(await turned(image, turn))) {
      const box = partOf(region, turnBack(face.box, turn, image), scale);
      if (sameFace(candidate.box, box)) seen.push({ box, turn, score: face.score * uprightness(face) });
    }
  }
  seen.sort((a, b) => b.score - a.score);
  return seen.find(({ score }) => score >= leastUpright);
}

/** 1 if the eyes are level and the mouth is straight below them, 0 or less if the face lies on its side. */
function uprightness({ keypoints: [left, right, , mouth] }: DetectedFace): number {
  const eyes = { x: (left.x + right.x) / 2, y: (left.y + right.y) / 2 };
  const level = (right.x - left.x) / Math.hypot(right.x - left.x, right.y - left.y);
  const down = (mouth.y - eyes.y) / Math.hypot(mouth.x - eyes.x, mouth.y - eyes.y);
  return Math.max(level, 0) * Math.max(down, 0);
}

async function cutPortrait({ box, turn }: Upright, page: Page): Promise<Portrait> {
  const { image, region } = await cutSquare(page, squareAround(centre(box), framing * side(box)), Infinity);
  return { image: await turned(image, turn), region, turn };
}

/** Two boxes show one face if the centre of one lies well within the other. */
function sameFace(a: Rectangle, b: Rectangle): boolean {
  const [from, to] = [centre(a), centre(b)];
  return Math.hypot(from.x - to.x, from.y - to.y) < Math.max(side(a), side(b)) / 2;
}

function side({ width, height }: Rectangle): number {
  return Math.max(width, height);
}

function all({ width, height }: RgbImage): Rectangle {
  return { x: 0, y: 0, width, height };
}

function pieces({ width, height }: RgbImage): readonly Rectangle[] {
  if (width <= view && height <= view) return [];
  const size = { width: Math.min(view, width), height: Math.min(view, height) };
  return overlapping(height, view).flatMap((y) => overlapping(width, view).map((x) => ({ x, y, ...size })));
}

function copied({ data, width }: RgbImage, part: Rectangle): RgbImage {
  const copy = new Uint8Array(part.width * part.height * 3);
  for (let row = 0; row < part.height; row++) {
    const from = ((part.y + row) * width + part.x) * 3;
    copy.set(data.subarray(from, from + part.width * 3), row * part.width * 3);
  }
  return { data: copy, width: part.width, height: part.height };
}
