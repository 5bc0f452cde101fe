import { join } from 'node:path';

import type { Point } from '../../appliance/face/image.js';
import { installation } from '../../appliance/installation.js';
import type { SampleNumber } from '../sample-pictures.js';

/**
 * A picture in an npm package: a person in a face-api sample, found by the bridge of the nose in pixels, or a
 * tile of human's sheet of faces, numbered from 0 row by row.
 */
export type Source = { readonly sample: SampleNumber; readonly bridge: Point } | { readonly tile: number };

const sample = (number: SampleNumber, x: number, y: number): Source => ({ sample: number, bridge: { x, y } });
const tile = (number: number): Source => ({ tile: number });

/**
 * Who sets limits and who only measures them; nobody is in both. Chosen by eye, regardless of the gate's
 * verdict: sharp, nearly frontal, eyes and mouth visible, at most two pictures of one person.
 */
export const people = {
  setting: [
    ...[3, 11, 24, 30, 34, 38, 47, 50, 55, 56, 66, 69, 75, 77, 80, 96, 97, 98, 103].map(tile),
    sample(1, 900, 546),
    sample(3, 664, 439),
    sample(5, 1182, 293),
    sample(6, 1573, 400),
    sample(6, 734, 466),
    sample(5, 474, 995),
  ],
  measuring: [
    ...[23, 35, 39, 41, 48, 52, 64, 67, 70, 73, 78, 84, 85, 88, 92, 95, 99, 102, 107].map(tile),
    sample(3, 1154, 337),
    sample(3, 1616, 418),
    sample(4, 731, 169),
    sample(5, 728, 522),
    sample(5, 891, 203),
    sample(6, 1280, 450),
    sample(6, 384, 616),
  ],
} as const satisfies Record<string, readonly Source[]>;
export type Split = keyof typeof people;

/** A sheet of 108 faces in six rows of tiles, each 104 pixels square. */
export const sheet = {
  path: join(installation.root, 'node_modules', '@vladmandic', 'human', 'assets', 'screenshot-facematch.jpg'),
  columns: 18,
  left: 2,
  top: 283,
  /** The pitch of the tiles, in pixels. */
  across: 106.4,
  down: 112.4,
  side: 104,
} as const;
