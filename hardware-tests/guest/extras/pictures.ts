import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp, { type Sharp } from 'sharp';

import { installation } from '../../../appliance/installation.js';

/** Of the practice camera's frames those from here on: the visitor stands in the dark, and then well. */
const firstFrame = 8;

/** Whoever stands before the guest's cameras, as JPEG of 1280 by 960. */
export function visitorPictures(): Buffer[] {
  const folder = join(installation.practice, 'camera');
  return readdirSync(folder)
    .sort()
    .slice(firstFrame - 1)
    .map((name) => readFileSync(join(folder, name)));
}

/** What the glass of a small flatbed (A6, 300 dpi) can hold. */
const glass = { width: 1240, height: 1748 };

/** What of a page for practice lies on that glass. */
export function onGlass(page: string): Sharp {
  return sharp(join(installation.practice, page))
    .extract({ left: 0, top: 0, ...glass })
    .removeAlpha();
}

/** The same as PPM. */
export async function scanOf(page: string): Promise<Buffer> {
  const { width, height } = glass;
  return Buffer.concat([Buffer.from(`P6\n${width} ${height}\n255\n`), await onGlass(page).raw().toBuffer()]);
}

/** The test card in somebody's hand before the camera, as JPEG. */
export function heldTestCard(): Buffer {
  return readFileSync(join(installation.practice, 'test-card', 'view.jpg'));
}
