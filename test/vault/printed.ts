import { join } from 'node:path';

import sharp from 'sharp';

import { installation } from '../../appliance/installation.js';

/** The practice visitor's head in a frame, in pixels, read off by hand: 2.2 eye distances to each side of the nose. */
const head = { left: 332, top: 156, width: 520, height: 580 };
/** Of the paper around the print, in pixels. */
const margin = 14;

/** Frames of a camera to which a print of the practice visitor is held, by a hand that is not quite still. */
export async function printedFrames(): Promise<Buffer[]> {
  const print = await sharp(join(installation.practice, 'camera', '30.jpg'))
    .extract(head)
    .extend({ top: margin, bottom: margin, left: margin, right: margin, background: 'white' })
    .toBuffer();
  const wall = { width: 1280, height: 960, channels: 3, background: 'rgb(150, 147, 140)' } as const;
  return Promise.all(
    [0, 2, 5, 3, -1, -4, -2, 1].map((off) =>
      sharp({ create: wall })
        .composite([{ input: print, left: 360 + off, top: 170 - off }])
        .jpeg({ quality: 90 })
        .toBuffer(),
    ),
  );
}
