import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp, { type Sharp } from 'sharp';

import { assess } from '../../appliance/face/assess.js';
import { findFaces } from '../../appliance/face/faces.js';
import { measure } from '../../appliance/face/measure.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { appearances } from './appearances.js';
import { faceModels, facing, pictureOf, portraitOf } from './samples.js';

/** Of the practice frames: somebody comes, stands in the dark, and stands well. */
const frames = ['02', '06', '10', '20', '30'];
const frame = (visitor: string, name: string) =>
  sharp(readFileSync(join(installation.practice, visitor, `${name}.jpg`)));

describe('a face without its colours', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  async function seen(source: Sharp) {
    const picture = await pictureOf(source);
    const faces = await findFaces(models, picture);
    const { findings, instruction } = await assess(picture, faces);
    return { found: { findings, instruction }, ...(await measure(picture, faces[0])) };
  }

  for (const [how, changed] of Object.entries(appearances)) {
    it(`is found to be what it is with them: ${how}`, async () => {
      for (const visitor of ['camera', 'other-camera']) {
        for (const name of frames) {
          const { found } = await seen(frame(visitor, name));
          assert.deepEqual((await seen(changed(frame(visitor, name)))).found, found, `${visitor}/${name}`);
        }
      }
    });
  }

  it('is told from one that shows the colours of skin', async () => {
    assert.equal((await seen(portraitOf(facing))).skinColours, true);
    for (const [how, changed] of Object.entries(appearances))
      assert.equal((await seen(changed(portraitOf(facing)))).skinColours, false, how);
  });
});
