import assert from 'node:assert/strict';

import sharp from 'sharp';

import { loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { patternedPictures, type Pictures } from '../../hardware-tests/remnants/pictures.js';
import { type Stage, type StageName, stageNames } from '../../hardware-tests/remnants/stage.js';
import { stagesOf } from '../../hardware-tests/remnants/stages.js';

describe('the stages of a visit', () => {
  let pictures: Pictures;
  let stages: readonly Stage[];

  before(async () => {
    pictures = await patternedPictures();
    const models = await loadModels(installation);
    assert(models.ok);
    stages = await stagesOf(pictures, models.value);
  });

  const have = (name: StageName, bytes: Uint8Array) =>
    stages.some((stage) => stage.name === name && Buffer.compare(stage.bytes, bytes) === 0);

  it('are all made', () => {
    const made = new Set(stages.map(({ name }) => name));
    assert.deepEqual(
      stageNames.filter((name) => !made.has(name)),
      ['marker'],
    );
  });

  it('hold the pictures as the devices send them, and as they are decoded', async () => {
    assert(have('scan', pictures.page.data));
    assert(have('frame', await sharp(pictures.frame).raw().toBuffer()));
    const jpeg = stages.find(({ name }) => name === 'jpeg')!;
    assert(pictures.frame.includes(Buffer.from(jpeg.bytes)));
    // Among compressed samples 0xff is followed by zero (ITU-T T.81, B.1.1.5): no table, no header.
    for (const marker of ['ffd8', 'ffdb', 'ffc4', 'ffda'])
      assert.equal(Buffer.from(jpeg.bytes).indexOf(marker, 0, 'hex'), -1);
  });

  it('have no 16 pixels in common with the practice pictures', async () => {
    const other = await patternedPictures();
    const runs = (of: Uint8Array) =>
      Array.from({ length: 40 }, (_, at) => of.subarray(at * 90_001, at * 90_001 + 16));
    const frame = await sharp(pictures.frame).raw().toBuffer();
    const another = await sharp(other.frame).raw().toBuffer();
    assert(runs(frame).every((run) => !another.includes(Buffer.from(run))));
  });
});
