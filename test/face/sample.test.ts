import assert from 'node:assert/strict';

import fc from 'fast-check';
import sharp from 'sharp';

import {
  type Affine,
  apply,
  chain,
  identity,
  scaledRotation,
  translation,
} from '../../appliance/face/affine.js';
import type { RgbImage } from '../../appliance/face/image.js';
import type { Net } from '../../appliance/face/manifest.js';
import { crop } from '../../appliance/face/patch.js';
import { sample } from '../../appliance/face/sample.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { facePicture, noise } from '../models/pictures.js';
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
      const sampled = sample(picture, input, toPicture);
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

  it('averages the pixels between sample points that are far apart', () => {
    // A chequerboard of single pixels: black or white at a point, grey on average.
    const [width, height] = [600, 600];
    const board = Uint8Array.from({ length: width * height * 3 }, (_, i) => {
      const pixel = Math.floor(i / 3);
      return ((pixel % width) + Math.floor(pixel / width)) % 2 === 0 ? 0 : 255;
    });
    const picture = { data: board, width, height };
    const sampled = sample(picture, models.mesh.about.input, scaledRotation(600 / 192, 0));
    for (const value of sampled.data as Float32Array) assert.ok(Math.abs(value - 0.5) < 0.26, `${value}`);
  });
});

describe('a square of a picture', () => {
  it('leaves a picture unchanged if the square is the picture', () => {
    const picture = noise(40);
    const image = squareOf(picture, [1, 0, 0, 0, 1, 0], 40);
    const planes = [0, 1, 2].flatMap((channel) => [...picture.data].filter((_, i) => i % 3 === channel));
    assert.ok(furthest(image, planes) < 1e-2);
  });

  it('samples like a plain loop: turned, scaled and beyond the edge', async () => {
    const picture = await facePicture(120);
    const size = 33;
    const anywhere = fc.record({
      turn: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
      side: fc.double({ min: 0.05, max: 3, noNaN: true }),
      x: fc.double({ min: -2, max: 2, noNaN: true }),
      y: fc.double({ min: -2, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(anywhere, ({ turn, side, x, y }) => {
        const [cos, sin] = [Math.cos(turn) * side, Math.sin(turn) * side];
        const transform: Transform = [cos, -sin, x, sin, cos, y];
        const image = squareOf(picture, transform, size);
        assert.ok(furthest(image, sampledByHand(picture, transform, size)) < 0.02);
      }),
    );
  });

  it('does not swap left and right, up and down, or colours', () => {
    // Red grows to the right, green downwards, blue is the same everywhere.
    const picture = drawn(200, 100, (x, y) => [x, 2 * y, 77]);
    const image = squareOf(picture, [0.1, 0, 0.5, 0, 0.2, -0.5], 20);
    // The square covers the columns 140 to 160 and the rows 15 to 35, one pixel for each.
    assert.ok(Math.abs(image[0] - 140) < 0.01 && Math.abs(image[19] - 159) < 0.01);
    assert.ok(Math.abs(image[400] - 30) < 0.01 && Math.abs(image[400 + 380] - 68) < 0.01);
    assert.ok(Math.abs(image[800] - 77) < 0.01);
  });

  it('uses every pixel when it shrinks', () => {
    const checked = drawn(240, 240, (x, y) => ((x + y) % 2 ? [255, 255, 255] : [0, 0, 0]));
    // Each pixel of the square covers 4 of the picture: the mean of black and white.
    const image = squareOf(checked, [0.5, 0, 0, 0, 0.5, 0], 30);
    assert.ok(image.every((level) => Math.abs(level - 127.5) < 0.01));
  });

  it('does not shift what it shrinks', () => {
    const slope = drawn(256, 256, (x) => [x, x, x]);
    const image = squareOf(slope, [0.8, 0, 0.05, 0, 0.8, 0], 40);
    // Half the span is 102.4, around the column 128 + 0.05 × 128, less half a pixel.
    const expected = Array.from({ length: 40 }, (_, i) => 128 + 6.4 + ((i + 0.5) / 20 - 1) * 102.4 - 0.5);
    assert.ok(furthest(image.subarray(0, 40), expected) < 0.01);
  });

  it('is black outside the picture', () => {
    const white = drawn(50, 30, () => [255, 255, 255]);
    const image = squareOf(white, [1, 0, 8, 0, 1, 0], 10);
    assert.ok(image.every((level) => level === 0));
  });

  it('applies scale and offset to each level', () => {
    const picture = noise(30);
    const transform: Transform = [0.5, 0.1, 0, -0.1, 0.5, 0];
    const plain = squareOf(picture, transform, 24);
    const scaled = squareOf(picture, transform, 24, 1 / 127.5, -1);
    const expected = [...plain].map((level) => level / 127.5 - 1);
    assert.ok(furthest(scaled, expected) < 1e-5);
  });

  it('is followed by its mirror image for a net that takes both', () => {
    const transform: Transform = [0.7, 0.2, 0.1, -0.2, 0.7, 0];
    const image = squareOf(noise(30), transform, 24);
    const rows = Array.from({ length: 3 * 24 }, (_, row) => image.subarray(row * 24, (row + 1) * 24));
    const mirrored = rows.flatMap((row) => [...row].reverse());
    assert.deepEqual([...squareOf(noise(30), transform, 24, 1, 0, true)], [...image, ...mirrored]);
  });

  it('has its planes in the order that the net takes', () => {
    const picture = drawn(20, 20, () => [10, 20, 30]);
    const input = { ...inputOf(4), colours: 'BGR' } as const;
    const { data } = sample(picture, input, scaledRotation(5, 0), true);
    const planes = Array.from({ length: 6 }, (_, plane) =>
      Math.round((data as Float32Array)[plane * 16 + 5]),
    );
    assert.deepEqual(planes, [30, 20, 10, 30, 20, 10]);
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

/** Row by row; maps the square's coordinates to the picture's, both from -1 to 1 between the outer edges. */
type Transform = readonly [number, number, number, number, number, number];

function squareOf(
  picture: RgbImage,
  transform: Transform,
  size: number,
  scale = 1,
  offset = 0,
  mirrored = false,
): Float32Array {
  const { dims, data } = sample(
    picture,
    inputOf(size, scale, offset),
    inPixels(transform, picture, size),
    mirrored,
  );
  assert.deepEqual(dims, [mirrored ? 2 : 1, 3, size, size]);
  return data as Float32Array;
}

function inputOf(size: number, scale = 1, offset = 0): Net['input'] {
  const perChannel = (value: number): [number, number, number] => [value, value, value];
  return {
    name: 'image',
    shape: ['N', 3, size, size],
    colours: 'RGB',
    scale: perChannel(scale),
    offset: perChannel(offset),
  };
}

function inPixels([a, b, c, d, e, f]: Transform, { width, height }: RgbImage, size: number): Affine {
  return {
    a: (a * width) / size,
    b: (b * width) / size,
    c: ((c + 1 - a - b) * width) / 2,
    d: (d * height) / size,
    e: (e * height) / size,
    f: ((f + 1 - d - e) * height) / 2,
  };
}

/** The same by a plain loop over the whole picture, as planes of red, green and blue. */
function sampledByHand({ data, width, height }: RgbImage, t: Transform, size: number): number[] {
  const reach = [(Math.abs(t[0]) + Math.abs(t[1])) * width, (Math.abs(t[3]) + Math.abs(t[4])) * height];
  const steps = [Math.hypot(t[0] * width, t[3] * height), Math.hypot(t[1] * width, t[4] * height)];
  const k = Math.max(1, Math.floor(Math.max(...steps) / size));
  // The starts of the blocks of k × k pixels.
  const begin = [width, height].map((extent, axis) => {
    const centre = ((t[axis === 0 ? 2 : 5] + 1) * extent) / 2;
    return Math.max(0, Math.min(extent - 1, Math.floor(centre - reach[axis] / 2 - 2 * k)));
  });
  const mean = (column: number, row: number, channel: number) => {
    if (column < 0 || row < 0) return 0;
    let sum = 0;
    for (let i = 0; i < k * k; i++) {
      const x = begin[0] + column * k + (i % k);
      const y = begin[1] + row * k + Math.floor(i / k);
      if (x < width && y < height) sum += data[(y * width + x) * 3 + channel];
    }
    return sum / (k * k);
  };
  return Array.from({ length: 3 * size * size }, (_, index) => {
    const channel = Math.floor(index / (size * size));
    const u = (2 * (index % size) + 1) / size - 1;
    const v = (2 * (Math.floor(index / size) % size) + 1) / size - 1;
    const x = (((t[0] * u + t[1] * v + t[2] + 1) * width) / 2 - begin[0]) / k - 0.5;
    const y = (((t[3] * u + t[4] * v + t[5] + 1) * height) / 2 - begin[1]) / k - 0.5;
    const [column, row] = [Math.floor(x), Math.floor(y)];
    const [right, down] = [x - column, y - row];
    return (
      (1 - down) * ((1 - right) * mean(column, row, channel) + right * mean(column + 1, row, channel)) +
      down * ((1 - right) * mean(column, row + 1, channel) + right * mean(column + 1, row + 1, channel))
    );
  });
}

function drawn(width: number, height: number, colour: (x: number, y: number) => number[]): RgbImage {
  const pixels = Array.from({ length: width * height }, (_, i) => colour(i % width, Math.floor(i / width)));
  return { data: Uint8Array.from(pixels.flat()), width, height };
}

function furthest(actual: Float32Array, expected: readonly number[]): number {
  assert.equal(actual.length, expected.length);
  return expected.reduce((most, value, index) => Math.max(most, Math.abs(value - actual[index])), 0);
}
