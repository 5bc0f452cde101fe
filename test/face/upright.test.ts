import assert from 'node:assert/strict';

import { makeUpright } from '../../appliance/face/upright.js';
import { findFaces } from '../../appliance/face/faces.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import {
  assertNear,
  eyesApart,
  faceModels,
  people,
  pictureOf,
  portraitOf,
  samplePicture,
} from './samples.js';
import sharp from 'sharp';

describe('turning a picture upright', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  for (const angle of [0, 90, 180, 270]) {
    it(`turns back portraits that were turned by ${angle} degrees`, async () => {
      for (const person of people) {
        const straight = await pictureOf(portraitOf(person));
        const turned = await pictureOf(sharp(await portraitOf(person).png().toBuffer()).rotate(angle));
        assert.deepEqual(await makeUpright(models, turned), straight);
      }
    });
  }

  it('turns a picture with several faces', async () => {
    const lying = await pictureOf(sharp(samplePicture(3)).rotate(90));
    const picture = await makeUpright(models, lying);
    const faces = await findFaces(models, picture);
    assert.deepEqual([picture.width, picture.height], [1920, 1350]);
    for (const person of people.filter(({ sample }) => sample === 3)) {
      const face = faces.find(({ box }) => person.eyes.every(({ x }) => x > box.x && x < box.x + box.width));
      assert.ok(face);
      assertNear(face.keypoints[0], person.eyes[0], eyesApart(person) * 0.25);
    }
  });

  it('leaves a picture without a face unchanged', async () => {
    const legs = await pictureOf(
      sharp(samplePicture(6)).extract({ left: 1100, top: 850, width: 420, height: 600 }),
    );
    assert.deepEqual(await makeUpright(models, legs), legs);
  });
});
