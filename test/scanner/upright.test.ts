import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { RgbImage } from '../../appliance/face/image.js';
import type { DetectedFace } from '../../appliance/scanner/detection.js';
import { turns } from '../../appliance/scanner/geometry.js';
import type { Page } from '../../appliance/scanner/scanner.js';
import { findUpright } from '../../appliance/scanner/upright.js';

const size = 600;
const middle = { x: 290, y: 320 };
const faceSide = 60;

/** A face of three dots on black: eyes in red and green, mouth in blue; places relative to its centre. */
type Dots = readonly (readonly [x: number, y: number])[];
const straight: Dots = [
  [-15, -10],
  [15, -10],
  [0, 14],
];
/** A head that is turned to the side: the mouth is further across than down. */
const askew: Dots = [
  [-15, -10],
  [15, -10],
  [24, 10],
];

function drawn(dots: Dots, degrees: number): Page {
  const data = new Uint8Array(size * size * 3);
  const angle = (degrees * Math.PI) / 180;
  for (const [channel, [x, y]] of dots.entries()) {
    const left = Math.round(middle.x + x * Math.cos(angle) - y * Math.sin(angle)) - 3;
    const top = Math.round(middle.y + x * Math.sin(angle) + y * Math.cos(angle)) - 3;
    for (let i = 0; i < 49; i++)
      data[((top + Math.floor(i / 7)) * size + left + (i % 7)) * 3 + channel] = 255;
  }
  return { data, width: size, height: size, channels: 3, resolution: 300 };
}

/** Finds the dots at any turn, with a score by `scoreOf`. */
function seeDots(image: RgbImage, scoreOf: (leftEyeIsLeft: boolean) => number): readonly DetectedFace[] {
  const [left, right, mouth] = [0, 1, 2].map((channel) => {
    let [sum, x, y] = [0, 0, 0];
    for (let i = 0; i < image.width * image.height; i++) {
      const level = image.data[i * 3 + channel];
      sum += level;
      x += level * (i % image.width);
      y += level * Math.floor(i / image.width);
    }
    return { x: x / sum, y: y / sum };
  });
  const centre = { x: (left.x + right.x + mouth.x) / 3, y: (left.y + right.y + mouth.y) / 3 };
  const width = Math.hypot(left.x - right.x, left.y - right.y) * 2;
  const box = { x: centre.x - width / 2, y: centre.y - width / 2, width, height: width };
  return [{ box, keypoints: [left, right, centre, mouth], score: scoreOf(left.x < right.x) }];
}

describe('scanner: the upright direction of a face', () => {
  const candidate = {
    x: middle.x - faceSide / 2,
    y: middle.y - faceSide / 2,
    width: faceSide,
    height: faceSide,
  };
  const tilt = fc.integer({ min: -40, max: 40 });
  const upright = fc.constantFrom(...turns);

  it('is found even if the detector is more certain of another turn', async () => {
    await fc.assert(
      fc.asyncProperty(upright, tilt, async (turn, degrees) => {
        const page = drawn(straight, degrees - turn);
        const face = await findUpright(candidate, page, (image) =>
          Promise.resolve(seeDots(image, (level) => (level ? 0.7 : 0.9))),
        );
        assert.equal(face?.turn, turn);
        const seen = face.box;
        assert.ok(Math.hypot(seen.x + seen.width / 2 - middle.x, seen.y + seen.height / 2 - middle.y) < 6);
      }),
      { numRuns: 12 },
    );
  });

  it('is found by the eyes if the mouth is far to the side', async () => {
    for (const turn of turns) {
      const face = await findUpright(candidate, drawn(askew, -turn), (image) =>
        Promise.resolve(seeDots(image, () => 0.8)),
      );
      assert.equal(face?.turn, turn);
    }
  });

  it('is not found for something that is hardly a face', async () => {
    const faint = await findUpright(candidate, drawn(straight, 0), (image) =>
      Promise.resolve(seeDots(image, () => 0.1)),
    );
    assert.equal(faint, undefined);
    assert.equal(await findUpright(candidate, drawn(straight, 0), () => Promise.resolve([])), undefined);
  });
});
