import assert from 'node:assert/strict';

import { findFaces } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { eyeDistance } from '../../appliance/face/quality/landmarks.js';
import sharp from 'sharp';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { Tracker } from '../../appliance/face/tracker.js';
import {
  assertNear,
  eyesApart,
  faceModels,
  facing,
  middleOfEyes,
  pictureOf,
  samplePicture,
} from './samples.js';

/** The nose's tip, in mediapipe's numbering. */
const nose = 4;

describe('following the visitor', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  /** The frame of a 640 × 480 camera that is aimed `x`, `y` pixels past a person. */
  async function seen(x: number, y: number, width = 640): Promise<RgbImage> {
    const middle = middleOfEyes(facing);
    const height = (width * 3) / 4;
    const frame = samplePictureSharp().extract({
      left: Math.round(middle.x + x - width / 2),
      top: Math.round(middle.y + y - height / 3),
      width: Math.round(width),
      height: Math.round(height),
    });
    return pictureOf(sharp(await frame.png().toBuffer()).resize(640, 480));
  }

  it('finds the face where a fresh detection finds it, while the head moves', async () => {
    const tracker = new Tracker(models);
    for (let step = 0; step < 12; step++) {
      const picture = await seen(step * 5, step * 3, 640 - step * 8);
      const [followed] = await tracker.follow(picture);
      const [fresh] = await findFaces(models, picture);
      const apart = eyeDistance(fresh.mesh);
      assertNear(followed.mesh.points[nose], fresh.mesh.points[nose], apart * 0.06);
      assert(Math.abs(eyeDistance(followed.mesh) / apart - 1) < 0.06);
    }
  });

  it('finds a face that jumps, and reports at once that there is none', async () => {
    const tracker = new Tracker(models);
    await tracker.follow(await seen(0, 0));
    const elsewhere = await seen(150, 60);
    const [jumped] = await tracker.follow(elsewhere);
    const [fresh] = await findFaces(models, elsewhere);
    assertNear(jumped.mesh.points[nose], fresh.mesh.points[nose], eyesApart(facing) * 0.06);
    const wall = { ...elsewhere, data: new Uint8Array(elsewhere.data.length).fill(120) };
    assert.deepEqual(await tracker.follow(wall), []);
  });

  it('notices a person who steps beside the visitor', async () => {
    const tracker = new Tracker(models);
    const together = await pictureOf(
      samplePictureSharp().extract({ left: 1080, top: 150, width: 640, height: 480 }),
    );
    const alone = leftOf(together, 370);
    for (let step = 0; step < 3; step++) assert.equal((await tracker.follow(alone)).length, 1);
    const counts: number[] = [];
    for (let step = 0; step < 9; step++) counts.push((await tracker.follow(together)).length);
    assert.equal(counts[0], 1, 'the visitor is followed without another detection at first');
    assert.equal(counts.at(-1), (await findFaces(models, together)).length);
    assert(counts.at(-1)! > 1);
  });
});

/** A picture with grey in place of everything from this column on. */
function leftOf({ data, width, height }: RgbImage, columns: number): RgbImage {
  const left = Uint8Array.from(data, (level, i) => (Math.floor(i / 3) % width < columns ? level : 120));
  return { data: left, width, height };
}

function samplePictureSharp() {
  return sharp(samplePicture(6));
}
