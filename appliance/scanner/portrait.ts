import type { RgbImage } from '../face/image.js';
import type { FindingCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { lookOver } from './candidates.js';
import { isFaceDown } from './card.js';
import { cutSquare, turned } from './cut.js';
import type { Detect } from './detection.js';
import { centre, type Rectangle, sameFace, side, squareAround, type Turn } from './geometry.js';
import type { Page } from './scanner.js';
import { standUp, type UprightFace } from './upright.js';

/** The document's portrait, turned upright, with a face's width of margin all round. */
export type Portrait = {
  readonly image: RgbImage;
  /** What the image shows, in pixels of the page; beyond the page's edges the edge was repeated. */
  readonly region: Rectangle;
  /** How far clockwise the region was turned to stand upright. */
  readonly turn: Turn;
};

export type PortraitFault = Extract<
  FindingCode,
  'scan-empty' | 'no-portrait' | 'card-face-down' | 'two-documents'
>;

/** A face at least this large beside the largest is another document's; a card's ghost image is smaller. */
const equalSize = 0.6;

/** Side of the portrait's picture, in widths of the face's box. */
const framing = 3;

/**
 * Finds the one portrait on a page, wherever it lies and whichever of the four ways it is turned, and cuts it
 * out at the page's own resolution. Whatever comes of it, the page's bytes are zero afterwards.
 */
export async function findPortrait(page: Page, detect: Detect): Promise<Result<Portrait, PortraitFault>> {
  try {
    const candidates = await lookOver(page, detect);
    if (!candidates) return err('scan-empty');
    const faces = await facesAmong(candidates, page, detect);
    const [largest, next] = [faces.at(0), faces.at(1)];
    if (!largest) return err((await isFaceDown(page)) ? 'card-face-down' : 'no-portrait');
    if (next && side(next.box) >= side(largest.box) * equalSize) return err('two-documents');
    return ok(await cutPortrait(largest, page));
  } finally {
    page.data.fill(0);
  }
}

/** The largest first. */
async function facesAmong(
  candidates: readonly Rectangle[],
  page: Page,
  detect: Detect,
): Promise<readonly UprightFace[]> {
  const faces: UprightFace[] = [];
  for (const candidate of candidates) {
    if (faces.some(({ box }) => sameFace(box, candidate))) continue;
    const face = await standUp(candidate, page, detect);
    if (face) faces.push(face);
  }
  return faces.sort((a, b) => side(b.box) - side(a.box));
}

async function cutPortrait({ box, turn }: UprightFace, page: Page): Promise<Portrait> {
  const { image, region } = await cutSquare(page, squareAround(centre(box), framing * side(box)), Infinity);
  return { image: await turned(image, turn), region, turn };
}
