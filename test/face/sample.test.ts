import assert from 'node:assert/strict';

import sharp from 'sharp';

import {
  type Affine,
  apply,
  chain,
  identity,
  scaledRotation,
  translation,
} from '../../appliance/face/affine.js';
import { crop } from '../../appliance/face/patch.js';
import { sample } from '../../appliance/face/sample.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { bilinear } from './bilinear.js';
import { assertNear, faceModels, pictureOf, samplePicture } from './samples.js';

describe('sampling for a net', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  const cases: Record<string, Affine> = {
    'as it is': translation(300, 120),
    'turned and enlarged': chain(scaledRotation(0.7, 0.6), translation(500, 200)),
    'turned, shrunk, and beyond the corner': chain(scaledRotation(1.6, -0.3), translation(-80, 60)),
    mirrored: { ...identity, a: -1, c: 640 },
  };
  for (const [name, toPicture] of Object.entries(cases)) {
    it(`gives the net's own range, channel by channel: ${name}`, async () => {
      const picture = await pictureOf(sharp(samplePicture(6)).resize(800));
      const [recogniser] = models.recogniser.members;
      const { input } = recogniser.about;
      const side = input.shape[2];
      const sampled = await sample(models, recogniser, picture, toPicture);
      assert.deepEqual(sampled.dims, [1, 3, side, side]);
      const planes = sampled.data as Float32Array;
      const worst = bilinear(picture, toPicture, side).reduce((most, level, i) => {
        const [channel, pixel] = [i % 3, Math.floor(i / 3)];
        const expected = level * input.scale[channel] + input.offset[channel];
        return Math.max(most, Math.abs(planes[channel * side * side + pixel] - expected));
      }, 0);
      assert.ok(worst < 0.5 / 255, `${worst} off`);
    });
  }

  it('averages the pixels between sample points that are far apart', async () => {
    // A chequerboard of single pixels: black or white at a point, grey on average.
    const [width, height] = [600, 600];
    const board = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      return ((pixel % width) + Math.floor(pixel / width)) % 2 === 0 ? 0 : 255;
    });
    const picture = { data: board, width, height };
    const sampled = await sample(models, models.mesh, picture, scaledRotation(600 / 192, 0));
    for (const value of sampled.data as Float32Array) assert.ok(Math.abs(value - 0.5) < 0.26, `${value}`);
  });
});

describe('cutting a part out of a picture', () => {
  it('returns the map from its pixels to those of the picture', async () => {
    // Each pixel holds its own position: x in red, y in green.
    const [width, height] = [250, 200];
    const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      return [pixel % width, Math.floor(pixel / width), 0][i % 3];
    });
    const picture = { data, width, height };
    for (const box of [
      { x: 0, y: 0, width: 250, height: 200 },
      { x: 20.4, y: 30.7, width: 101, height: 97.5 },
      { x: -40, y: 120, width: 160, height: 160 },
      { x: 200, y: -10, width: 90, height: 40 },
    ]) {
      for (const detail of [1000, 60, 33]) {
        const { image, toPicture } = await crop(picture, box, detail);
        assert.ok(Math.max(image.width, image.height) <= detail + 1);
        for (const [column, row] of [
          [image.width >> 1, image.height >> 1],
          [image.width >> 2, image.height - 3],
        ]) {
          const at = (row * image.width + column) * 3;
          const from = apply(toPicture, { x: column + 0.5, y: row + 0.5 });
          assertNear(
            { x: image.data[at] + 0.5, y: image.data[at + 1] + 0.5 },
            from,
            Math.max(1, toPicture.a / 2),
          );
        }
      }
    }
  });

  it('gives at least one pixel, even for a box outside the picture', async () => {
    const picture = await pictureOf(sharp(samplePicture(3)).resize(64));
    const { image } = await crop(picture, { x: 500, y: -300, width: 20, height: 20 }, 10);
    assert.ok(image.width >= 1 && image.height >= 1);
  });
});
