import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';

import { assess } from '../../appliance/face/assess.js';
import { similarity } from '../../appliance/face/compare.js';
import { decode } from '../../appliance/face/decode.js';
import { type Face, findFaces } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { type FaceModels, loadModels } from '../../appliance/face/sessions.js';
import { makeTemplate, type Template } from '../../appliance/face/template.js';
import { installation } from '../../appliance/installation.js';

const make = (): string =>
  execFileSync(process.execPath, [join(installation.root, 'build', 'image', 'practice.js')], {
    encoding: 'utf8',
  });

const card = join(installation.practice, 'card.png');
const framesOf = (folder: string): string[] =>
  readdirSync(join(installation.practice, folder))
    .sort()
    .map((name) => join(installation.practice, folder, name));

describe('the pictures for practice', () => {
  let models: FaceModels;

  before(async () => {
    make();
    const loaded = await loadModels(installation);
    assert.ok(loaded.ok);
    models = loaded.value;
  });

  async function onlyFace(encoded: Uint8Array): Promise<{ picture: RgbImage; face: Face }> {
    const picture = await decode(encoded);
    assert.ok(picture.ok);
    const faces = await findFaces(models, picture.value);
    assert.equal(faces.length, 1);
    return { picture: picture.value, face: faces[0] };
  }

  async function template(encoded: Uint8Array): Promise<Template> {
    const { picture, face } = await onlyFace(encoded);
    return makeTemplate(models, picture, face.mesh, { colour: true });
  }

  /** The card's left half, where the portrait is. */
  const printed = (): Promise<Buffer> =>
    sharp(card).extract({ left: 100, top: 100, width: 560, height: 640 }).png().toBuffer();

  it('are an A4 page at 300 dpi, and frames of 1280 × 960', async () => {
    const { width, height, density } = await sharp(card).metadata();
    assert.deepEqual({ width, height, density }, { width: 2480, height: 3508, density: 300 });
    for (const frame of [...framesOf('camera'), ...framesOf('other-camera')]) {
      const { format, width, height } = await sharp(frame).metadata();
      assert.deepEqual({ format, width, height }, { format: 'jpeg', width: 1280, height: 960 });
    }
  });

  it('show a visitor who comes nearer, then needs light, then stands well', async () => {
    const asked: string[] = [];
    for (const frame of framesOf('camera')) {
      const { picture, face } = await onlyFace(readFileSync(frame));
      asked.push((await assess(picture, [face])).instruction);
    }
    const changes = asked.filter((instruction, index) => instruction !== asked[index - 1]);
    assert.deepEqual(changes, ['nearer', 'more-light', 'hold-still']);
  });

  it("score above the threshold for the card's holder, and below it for the other visitor", async () => {
    const portrait = await template(await printed());
    const { threshold, measure } = models.recogniser.about;
    for (const frame of framesOf('camera').filter((_, index) => index % 5 === 0)) {
      assert.ok(similarity(portrait, await template(readFileSync(frame)), measure) > threshold + 0.1, frame);
    }
    for (const frame of framesOf('other-camera').filter((_, index) => index % 5 === 0)) {
      assert.ok(similarity(portrait, await template(readFileSync(frame)), measure) < threshold - 0.1, frame);
    }
  });

  it('are not drawn again if they exist', () => {
    const before = statSync(card);
    assert.match(make(), /already there/);
    assert.deepEqual(statSync(card).mtimeMs, before.mtimeMs);
    assert.equal(statSync(card).ino, before.ino);
  });
});
