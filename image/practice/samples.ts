import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Point } from '../../appliance/face/image.js';

// Sample pictures of the face-api package (1920 pixels wide); positions are in pixels.
const sample = (name: string): string =>
  join(installation.root, 'node_modules', '@vladmandic', 'face-api', 'demo', name);

/** The portrait on the card: a face leaning clockwise by `lean` degrees. */
export const portrait = { file: sample('sample1.jpg'), centre: { x: 1572, y: 330 }, lean: 44, height: 410 };

/** A visitor: where the face is, and an outline to cut the person out. */
export type Visitor = {
  readonly file: string;
  readonly face: Point;
  readonly lean: number;
  readonly outline: string;
  /** The part of the picture that shows the person. */
  readonly part: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
};

/** The portrait's person in another picture, so that the practice comparison is a real one. */
export const cardHolder: Visitor = {
  file: sample('sample3.jpg'),
  face: { x: 1185, y: 365 },
  lean: 10,
  part: { left: 840, top: 90, width: 640, height: 1060 },
  outline: `M 1090 330 C 1080 230 1130 130 1230 128 C 1300 126 1400 190 1425 240 C 1420 330 1400 430 1365 500
    C 1365 560 1345 600 1345 620 C 1390 680 1420 800 1440 1160 L 870 1160 C 880 900 880 700 920 610
    C 950 540 1020 500 1120 500 C 1095 450 1090 400 1090 330 Z`,
};

/** Another person, for a card that is not the visitor's. */
export const stranger: Visitor = {
  file: sample('sample6.jpg'),
  face: { x: 352, y: 625 },
  lean: 0,
  part: { left: 90, top: 340, width: 570, height: 900 },
  outline: `M 168 560 C 175 440 230 372 300 372 C 400 372 455 430 470 510 C 500 620 530 700 610 830
    C 625 880 640 900 650 1250 L 150 1250 C 160 1000 160 930 130 860 C 150 780 160 680 168 560 Z`,
};
