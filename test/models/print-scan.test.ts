import assert from 'node:assert/strict';

import sharp from 'sharp';

import { findFaces } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { capture } from '../../appliance/vault/read-picture.js';
import { halftone } from '../../models/simulate/halftone.js';
import { printAndScan, resolution } from '../../models/simulate/print-scan.js';
import { facing, modelsWithDlib, pictureOf, portraitOf } from '../face/samples.js';

/** The margin of paper around a portrait in the scan, in pixels. */
const margin = (3 / 25.4) * resolution;

function plain(level: number, width = 120, height = 150): RgbImage {
  return { data: new Uint8Array(width * height * 3).fill(level), width, height };
}

function spreadOf(levels: readonly number[]): { mean: number; deviation: number } {
  const mean = levels.reduce((sum, level) => sum + level, 0) / levels.length;
  const squares = levels.reduce((sum, level) => sum + (level - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / levels.length) };
}

/** The first channel of the pixel at the centre of a picture. */
function middleOf({ data, width, height }: RgbImage): number[] {
  return Array.from({ length: 64 * 64 }, (_, i) => {
    const [x, y] = [(width >> 1) - 32 + (i % 64), (height >> 1) - 32 + Math.floor(i / 64)];
    return data[(y * width + x) * 3];
  });
}

describe('a picture that is printed and scanned', () => {
  it('is reproducible, and differs from another picture', async () => {
    const [once, again, other] = await Promise.all([plain(120), plain(120), plain(121)].map(printAndScan));
    assert.deepEqual(once, again);
    assert.notDeepEqual(once.data, other.data);
  });

  it('fills 25 × 32 mm at 300 dpi with paper around it, and keeps its proportions', async () => {
    const card = await printAndScan(plain(120, 250, 320));
    assert(Math.abs(card.width - 2 * margin - (25 / 25.4) * 300) <= 2, String(card.width));
    assert(Math.abs(card.height - 2 * margin - (32 / 25.4) * 300) <= 2, String(card.height));
    const square = await printAndScan(plain(120, 1000, 1000));
    assert.equal(square.width, square.height);
    assert.equal(square.width, card.width);
  });

  it('has paper at its edge and dots of ink in its tones', async () => {
    for (const level of [100, 101, 102, 103]) {
      const scanned = await printAndScan(plain(level));
      const corner = spreadOf([0, 3, 6, 9, 12].map((at) => scanned.data[at]));
      assert(corner.mean > 200);
      // The sensor's noise alone stays below four levels.
      assert(spreadOf(middleOf(scanned)).deviation > 4);
      assert(spreadOf(middleOf(await printAndScan(plain(255 - (level - 100))))).deviation < 5);
    }
  });

  it('is sometimes grey and sometimes coloured', async () => {
    const greys = [];
    for (let level = 60; level < 76; level++) {
      const { data } = await printAndScan(plain(level));
      greys.push(data.every((value, i) => value === data[i - (i % 3)]));
    }
    assert(greys.includes(true) && greys.includes(false));
  });

  it('still shows a face, and the same person to the recogniser', async () => {
    const models = await modelsWithDlib();
    const picture = await pictureOf(portraitOf(facing));
    const scanned = await printAndScan(picture);
    assert.equal((await findFaces(models, scanned)).length, 1);
    const [before, after] = [
      await capture.document(models, picture, 0),
      await capture.document(models, scanned, 0),
    ].map(({ sample }) => sample);
    assert(before && after);
    const [one, other] = [await before.template(false), await after.template(false)];
    const apart = Math.sqrt(one.reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0));
    assert(apart > 0.02 && apart < 0.45, String(apart));
  });
});

describe('halftone', () => {
  const sheet = { resolution: 600, paper: [255, 255, 255], grey: true };

  it('covers more paper with ink for a darker tone, none for white and all for black', () => {
    const means = [255, 200, 150, 100, 50, 0].map(
      (level) => spreadOf([...halftone(plain(level), sheet).data]).mean,
    );
    assert.equal(means[0], 255);
    assert.equal(means.at(-1), Math.round(255 * 0.13));
    assert(
      means.every((mean, i) => i === 0 || mean < means[i - 1] - 20),
      String(means),
    );
  });

  it('prints 133 dots an inch along a screen at 45 degrees', async () => {
    const { data, width, height } = halftone(plain(128, 240, 240), sheet);
    const turned = await sharp(data, { raw: { width, height, channels: 3 } })
      .rotate(45, { background: 'white' })
      .extract({ left: 110, top: 110, width: 120, height: 120 })
      .raw()
      .toBuffer();
    const column = Array.from(
      { length: 120 },
      (_, x) => spreadOf(Array.from({ length: 120 }, (_, y) => turned[(y * 120 + x) * 3])).mean,
    );
    const strength = (period: number) =>
      Math.hypot(
        column.reduce((sum, level, x) => sum + level * Math.cos((2 * Math.PI * x) / period), 0),
        column.reduce((sum, level, x) => sum + level * Math.sin((2 * Math.PI * x) / period), 0),
      );
    const period = 600 / 133;
    for (const other of [3, 3.7, 5.5, 7]) assert(strength(period) > 3 * strength(other), String(other));
  });
});
