import assert from 'node:assert/strict';

import sharp from 'sharp';

import { detectFaces, type DetectedFace } from '../../appliance/face/detect.js';
import type { Point } from '../../appliance/face/image.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import {
  assertNear,
  eyesApart,
  faceModels,
  facing,
  middleOfEyes,
  people,
  pictureOf,
  portraitOf,
  samplePicture,
} from './samples.js';

function contains({ box }: DetectedFace, { x, y }: Point): boolean {
  return x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}

describe('the detector', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  for (const sample of [3, 6] as const) {
    it(`finds each person of sample ${sample} once, at the place marked by hand`, async () => {
      const faces = await detectFaces(models, await pictureOf(samplePicture(sample)));
      const there = people.filter((person) => person.sample === sample);
      assert.equal(faces.length, there.length);
      for (const person of there) {
        const found = faces.filter((face) => person.eyes.every((eye) => contains(face, eye)));
        assert.equal(found.length, 1);
        const [eye, otherEye] = found[0].keypoints;
        assertNear(eye, person.eyes[0], eyesApart(person) * 0.25);
        assertNear(otherEye, person.eyes[1], eyesApart(person) * 0.25);
      }
    });
  }

  it('finds as many faces as a person counts in the other samples', async () => {
    // Counted by eye: sample 1 has three people, sample 2 three, sample 4 four, sample 5 five.
    for (const [sample, count] of [
      [1, 3],
      [2, 3],
      [4, 4],
      [5, 5],
    ] as const) {
      assert.equal((await detectFaces(models, await pictureOf(samplePicture(sample)))).length, count);
    }
  });

  for (const room of [2.5, 1.5, 1.1, 0.9]) {
    it(`finds one face in a crop of ${room} eye distances to each side`, async () => {
      for (const person of people) {
        const faces = await detectFaces(models, await pictureOf(portraitOf(person, room)));
        assert.equal(faces.length, 1, `${faces.length} faces about ${JSON.stringify(person.eyes)}`);
      }
    });
  }

  it('returns places in pixels of the original picture', async () => {
    const small = await pictureOf(sharp(samplePicture(6)).resize(480));
    const scale = 480 / 1920;
    const faces = await detectFaces(models, small);
    const middle = middleOfEyes(facing);
    assert.ok(faces.some((face) => contains(face, { x: middle.x * scale, y: middle.y * scale })));
  });

  it('finds nobody in a picture without people', async () => {
    const grey = sharp({ create: { width: 640, height: 480, channels: 3, background: '#777777' } });
    assert.deepEqual(await detectFaces(models, await pictureOf(grey)), []);
    const onePixel = sharp({ create: { width: 1, height: 1, channels: 3, background: '#777777' } });
    assert.deepEqual(await detectFaces(models, await pictureOf(onePixel)), []);
    const legs = sharp(samplePicture(6)).extract({ left: 1100, top: 850, width: 420, height: 600 });
    assert.deepEqual(await detectFaces(models, await pictureOf(legs)), []);
  });
});
