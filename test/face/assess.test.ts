import assert from 'node:assert/strict';

import sharp, { type Sharp } from 'sharp';

import { assess, type Assessment, assessPortrait } from '../../appliance/face/assess.js';
import { findFaces } from '../../appliance/face/faces.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { outline } from '../../appliance/protocol/vault.js';
import { withSideLight } from '../../models/gate/light.js';
import { withBeard, withMask } from '../../models/gate/mouth.js';
import { withGlasses } from '../../models/gate/worn.js';
import { faceModels, facing, people, pictureOf, portraitOf, samplePicture } from './samples.js';

/** A frame of 1280 × 960 with a portrait of this height in it, its middle at this part of the frame. */
async function frame(portrait: Sharp, height = 640, x = 0.5, y = 0.5): Promise<Sharp> {
  const canvas = { width: 1280 * 2, height: 960 * 2 };
  const input = await portrait.resize({ height }).png({ compressionLevel: 0 }).toBuffer();
  const { width } = await sharp(input).metadata();
  // Drawn on a larger canvas and cut out of it, so that a portrait may stick out of the frame.
  const drawn = sharp({ create: { ...canvas, channels: 3, background: '#8a8d90' } }).composite([
    { input, left: Math.round(640 + 1280 * x - width / 2), top: Math.round(480 + 960 * y - height / 2) },
  ]);
  return sharp(await drawn.png({ compressionLevel: 0 }).toBuffer()).extract({
    left: 640,
    top: 480,
    width: 1280,
    height: 960,
  });
}

function codes({ findings }: Assessment, blocking?: boolean): string[] {
  return findings
    .filter((finding) => blocking === undefined || finding.blocking === blocking)
    .map(({ code }) => code);
}

describe('assessing the visitor', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  async function assessed(source: Sharp | Buffer): Promise<Assessment> {
    const picture = await pictureOf(source);
    const assessment = await assess(picture, await findFaces(models, picture));
    if (assessment.outline) outline.parse(assessment.outline);
    assert.ok(assessment.quality >= 0 && assessment.quality <= 1);
    for (const { side } of assessment.findings) assert.equal(side, 'probe');
    return assessment;
  }

  it('has nothing to say against a good picture', async () => {
    const assessment = await assessed(await frame(portraitOf(facing)));
    assert.deepEqual(assessment.findings, []);
    assert.equal(assessment.instruction, 'hold-still');
    assert.ok(assessment.quality > 0.5, `quality is ${assessment.quality}`);
    assert.equal(assessment.grey, false);
  });

  it('blocks none of the people who face the camera', async () => {
    for (const person of people) {
      assert.deepEqual(codes(await assessed(portraitOf(person, 2.5)), true), []);
    }
  });

  it('sees that nobody is there', async () => {
    const wall = sharp({ create: { width: 640, height: 480, channels: 3, background: '#999999' } });
    assert.deepEqual(await assessed(wall), {
      findings: [{ side: 'probe', code: 'no-face', blocking: true }],
      instruction: 'look-here',
      quality: 0,
      grey: false,
    });
  });

  it('sees that there are several', async () => {
    const assessment = await assessed(samplePicture(6));
    assert.ok(codes(assessment, true).includes('several-faces'));
    assert.equal(assessment.instruction, 'one-person');
  });

  it('does not mind who sits in the background', async () => {
    const small = await portraitOf(people[1]).resize(150).png().toBuffer();
    const visitor = await (await frame(portraitOf(facing), 760)).png().toBuffer();
    const both = sharp(visitor).composite([{ input: small, left: 20, top: 20 }]);
    assert.deepEqual(codes(await assessed(both)), []);
  });

  for (const [x, y, instruction] of [
    [0.2, 0.5, 'left'],
    [0.8, 0.5, 'right'],
    [0.5, 0.8, 'up'],
    [0.5, 0.25, 'down'],
  ] as const) {
    it(`sends a face at ${x}, ${y} of the frame ${instruction}`, async () => {
      const assessment = await assessed(await frame(portraitOf(facing), 480, x, y));
      assert.equal(assessment.instruction, instruction);
      assert.deepEqual(codes(assessment, true), []);
    });
  }

  it('draws the outline as in a looking-glass, leaning the other way', async () => {
    const straight = await portraitOf(facing).png().toBuffer();
    const leaning = sharp(await sharp(straight).rotate(20, { background: '#8a8d90' }).png().toBuffer());
    const assessment = await assessed(await frame(leaning, 640, 0.35, 0.55));
    assert.ok(assessment.outline);
    const { x, y, width, height, roll } = assessment.outline;
    assert.ok(Math.abs(x - 65) < 6, `x is ${x}`);
    assert.ok(Math.abs(y - 58) < 8, `y is ${y}`);
    assert.ok(Math.abs(roll + 20) < 6, `roll is ${roll}`);
    // A face is higher than wide, and the frame is wider than high.
    assert.ok(height > width && width > 10 && height < 60, `${width} × ${height}`);
  });

  it('asks who is cut off by the edge to come back in', async () => {
    const assessment = await assessed(await frame(portraitOf(facing), 900, 0.06, 0.5));
    assert.ok(codes(assessment, true).includes('face-off-centre'));
    assert.equal(assessment.instruction, 'left');
  });

  it('asks who is far away to come nearer, and who is too near to step back', async () => {
    assert.equal((await assessed(await frame(portraitOf(facing), 300))).instruction, 'nearer');
    const far = await assessed(await frame(portraitOf(facing), 80));
    assert.ok(codes(far, true).includes('face-too-small'));
    assert.equal(far.instruction, 'nearer');
    const near = await assessed(await frame(portraitOf(facing), 1900, 0.5, 0.4));
    assert.ok(codes(near).includes('face-too-large'));
    assert.equal(near.instruction, 'further');
  });

  it('asks for more light in the dark, and withholds what is too dark to compare', async () => {
    const dim = await assessed((await frame(portraitOf(facing))).linear(0.4, 0));
    assert.deepEqual(codes(dim), ['too-dark']);
    assert.deepEqual(codes(dim, true), []);
    assert.equal(dim.instruction, 'more-light');
    const dark = await assessed((await frame(portraitOf(facing))).linear(0.2, 0));
    assert.deepEqual(codes(dark, true), ['too-dark']);
  });

  it('asks for less light where the face is burnt out', async () => {
    const bright = await assessed((await frame(portraitOf(facing))).linear(3, 0));
    assert.deepEqual(codes(bright, true), ['too-bright']);
    assert.equal(bright.instruction, 'less-light');
  });

  it('sees blur, of a lens and of a movement along or across', async () => {
    const sharpFrame = await frame(portraitOf(facing));
    const row = (length: number) => ({
      width: length,
      height: 3,
      kernel: Array.from({ length: length * 3 }, (_, i) => (i >= length && i < 2 * length ? 1 : 0)),
    });
    const column = (length: number) => ({
      width: 3,
      height: length,
      kernel: Array.from({ length: length * 3 }, (_, i) => (i % 3 === 1 ? 1 : 0)),
    });
    for (const blurred of [
      sharpFrame.clone().blur(8),
      sharpFrame.clone().convolve(row(35)),
      sharpFrame.clone().convolve(column(35)),
    ]) {
      const assessment = await assessed(blurred);
      assert.deepEqual(codes(assessment, true), ['blurred']);
      assert.equal(assessment.instruction, 'hold-still');
    }
  });

  it('sees a head that is turned away, and asks it to face the camera', async () => {
    // The left one of sample 2 is in profile, the middle one of sample 2 looks down, the right one of sample 3 half.
    const profile = sharp(samplePicture(2)).extract({ left: 200, top: 60, width: 480, height: 480 });
    const assessment = await assessed(profile);
    assert.ok(codes(assessment, true).includes('face-turned'), codes(assessment).join());
    assert.equal(assessment.instruction, 'face-front');
  });

  for (const [name, colour] of [
    ['white', '#e4e6e8'],
    ['blue', '#8fb7d4'],
    ['black', '#202024'],
    ['pink', '#e3b9bd'],
    ['grey', '#8b8d90'],
    ['beige', '#c9a184'],
  ] as const) {
    it(`sees a ${name} mask, and asks to take it off`, async () => {
      let seen = 0;
      for (const person of people) {
        const picture = await pictureOf(portraitOf(person, 2.5));
        const [face] = await findFaces(models, picture);
        const assessment = await assessed(withMask(picture, face, { colour }));
        if (codes(assessment).includes('mouth-covered') && assessment.instruction === 'uncover-mouth') seen++;
      }
      assert.ok(seen >= people.length - 1, `seen ${seen} times`);
    });
  }

  it('takes neither a bare face nor a beard for a mask', async () => {
    for (const person of people) {
      const picture = await pictureOf(portraitOf(person, 2.5));
      const [face] = await findFaces(models, picture);
      assert.ok(!codes(await assess(picture, [face])).includes('mouth-covered'));
      for (const colour of ['#241c18', '#5a4030']) {
        const assessment = await assessed(withBeard(picture, face, colour));
        assert.ok(!codes(assessment, true).includes('mouth-covered'), colour);
      }
    }
  });

  it('sees a mask without colours too, and takes no bare face or beard for one', async () => {
    let [seen, doubted] = [0, 0];
    for (const person of people) {
      const picture = await pictureOf(portraitOf(person, 2.5).greyscale());
      const [face] = await findFaces(models, picture);
      const bare = await assess(picture, [face]);
      assert.ok(!codes(bare, true).includes('mouth-covered'));
      if (codes(bare).includes('mouth-covered')) doubted++;
      const bearded = await assessed(withBeard(picture, face, '#242424'));
      assert.ok(!codes(bearded, true).includes('mouth-covered'));
      if (codes(await assessed(withMask(picture, face, { colour: '#b0b0b0' }))).includes('mouth-covered'))
        seen++;
    }
    assert.ok(seen >= people.length - 1 && doubted <= 1, `seen ${seen} times, doubted ${doubted}`);
  });

  it('sees dark glasses, and asks to take them off', async () => {
    for (const person of people) {
      const picture = await pictureOf(portraitOf(person, 2.5));
      const [face] = await findFaces(models, picture);
      for (const colour of ['#101012', '#2a1a10']) {
        const assessment = await assessed(withGlasses(picture, face, 0.9, colour));
        assert.ok(codes(assessment, true).includes('eyes-covered'), codes(assessment).join());
        assert.equal(assessment.instruction, 'uncover-eyes');
      }
      assert.ok(!codes(await assess(picture, [face])).includes('eyes-covered'));
      const clear = await assessed(withGlasses(picture, face, 0.1));
      assert.ok(!codes(clear).includes('eyes-covered'));
    }
  });

  it('asks who stands beside a window to turn toward it', async () => {
    const picture = await pictureOf(await frame(portraitOf(facing)));
    const [face] = await findFaces(models, picture);
    const side = await assessed(withSideLight(picture, face, 0.15));
    assert.deepEqual(codes(side), ['uneven-light']);
    assert.deepEqual(codes(side, true), []);
    assert.equal(side.instruction, 'even-light');
    assert.deepEqual(codes(await assessed(withSideLight(picture, face, 0.7))), []);
  });

  it('rates a clear frame above a blurred, a dim, a turned and a small one', async () => {
    const clear = await assessed(await frame(portraitOf(facing)));
    for (const worse of [
      (await frame(portraitOf(facing))).blur(4),
      (await frame(portraitOf(facing))).linear(0.4, 0),
      await frame(portraitOf(facing), 160),
      await frame(portraitOf(people[1])),
    ]) {
      assert.ok((await assessed(worse)).quality < clear.quality);
    }
  });
});

describe('assessing a portrait', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  async function assessed(source: Sharp | Buffer) {
    const picture = await pictureOf(source);
    const [face] = await findFaces(models, picture);
    return assessPortrait(picture, face);
  }

  it('has nothing to say against a good one', async () => {
    for (const person of people) {
      assert.deepEqual(await assessed(portraitOf(person)), { findings: [], grey: false });
    }
  });

  it('warns of less than 30 pixels between the eyes and refuses less than 20', async () => {
    // The portrait is 3.8 eye distances wide.
    const small = await assessed(portraitOf(facing).resize(Math.round(3.8 * 26)));
    assert.deepEqual(small.findings, [{ side: 'document', code: 'portrait-small', blocking: false }]);
    const tiny = await assessed(portraitOf(facing).resize(Math.round(3.8 * 15)));
    assert.deepEqual(tiny.findings, [{ side: 'document', code: 'portrait-too-small', blocking: true }]);
  });

  it('sees blur', async () => {
    const { findings } = await assessed(portraitOf(facing).blur(6));
    assert.deepEqual(findings, [{ side: 'document', code: 'portrait-blurred', blocking: false }]);
  });

  it('sees a portrait without colour, on white and on yellowed paper', async () => {
    for (const person of people) {
      const grey = await portraitOf(person).greyscale().png().toBuffer();
      assert.equal((await assessed(grey)).grey, true);
      const yellowed = sharp(grey).toColourspace('srgb').linear([1, 0.96, 0.88], [0, 0, 0]);
      assert.equal((await assessed(yellowed)).grey, true);
      assert.equal((await assessed(portraitOf(person).modulate({ saturation: 0.5 }))).grey, false);
    }
  });
});
