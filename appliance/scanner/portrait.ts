import type { RgbImage } from '../face/image.js';
import type { FindingCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { findCandidates } from './candidates.js';
import { isFaceDown } from './card.js';
import { cropSquare, rotated } from './crop.js';
import type { Detect } from './detection.js';
import { centre, type Rectangle, sameFace, side, squareAround, type Turn } from './geometry.js';
import type { Page } from './scanner.js';
import { findUpright, type UprightFace } from './upright.js';

/** The document's portrait, upright, with a margin of one face width on each side. */
export type Portrait = {
  readonly image: RgbImage;
  /** The part of the page in the image, in pixels; beyond the page its edge is repeated. */
  readonly region: Rectangle;
  /** The clockwise rotation that makes the region upright. */
  readonly turn: Turn;
};

export type PortraitFault = Extract<
  FindingCode,
  'scan-empty' | 'no-portrait' | 'card-face-down' | 'two-documents'
>;

/** A face of at least this fraction of the largest is another document's; a card's ghost image is smaller. */
const equalSize = 0.6;

/** Side of the portrait's image, in widths of the face's box. */
const cropWidth = 3;

/**
 * Finds the one portrait on a page, at any position and in any of the four orientations, and crops it at the page's
 * resolution. The page is zeroed in any case.
 */
export async function findPortrait(page: Page, detect: Detect): Promise<Result<Portrait, PortraitFault>> {
  try {
    const candidates = await findCandidates(page, detect);
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

/** Largest first. */
async function facesAmong(
  candidates: readonly Rectangle[],
  page: Page,
  detect: Detect,
): Promise<readonly UprightFace[]> {
  const faces: UprightFace[] = [];
  for (const candidate of candidates) {
    if (faces.some(({ box }) => sameFace(box, candidate))) continue;
    const face = await findUpright(candidate, page, detect);
    if (face) faces.push(face);
  }
  return faces.sort((a, b) => side(b.box) - side(a.box));
}

async function cutPortrait({ box, turn }: UprightFace, page: Page): Promise<Portrait> {
  const { image, region } = await cropSquare(
    page,
    squareAround(centre(box), cropWidth * side(box)),
    Infinity,
  );
  return { image: await rotated(image, turn), region, turn };
}
