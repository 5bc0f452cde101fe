import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp, { type Sharp } from 'sharp';

import { installation } from '../../../appliance/installation.js';

/** The first used frame of the practice camera, one-based: from here on the visitor steps out of the dark. */
const firstFrame = 8;

/** The visitor before the guest's cameras, as JPEG of 1280 × 960. */
export function visitorPictures(): Buffer[] {
  const folder = join(installation.practice, 'camera');
  return readdirSync(folder)
    .sort()
    .slice(firstFrame - 1)
    .map((name) => readFileSync(join(folder, name)));
}

/** In pixels: the glass of a small flatbed (A6, 300 dpi). */
const glass = { width: 1240, height: 1748 };

/** Crops a practice page to that glass. */
export function onGlass(page: string): Sharp {
  return sharp(join(installation.practice, page))
    .extract({ left: 0, top: 0, ...glass })
    .removeAlpha();
}

/** A practice page on that glass as PPM. */
export async function scanOf(page: string): Promise<Buffer> {
  const { width, height } = glass;
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), await onGlass(page).raw().toBuffer()]);
}

/** The test card held before the camera, as JPEG. */
export function heldTestCard(): Buffer {
  return readFileSync(join(installation.practice, 'test-card', 'view.jpg'));
}
