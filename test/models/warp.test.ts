import assert from 'node:assert/strict';

import fc from 'fast-check';
import { InferenceSession, Tensor } from '../../appliance/face/onnxruntime.js';

import type { RgbImage } from '../../appliance/face/image.js';
import { builtManifest, builtModel } from './built.js';
import { facePicture, noise } from './pictures.js';

/** Row by row, as AffineGrid's theta. */
type Transform = readonly [number, number, number, number, number, number];

describe('the warp', () => {
  let session: InferenceSession;

  before(async () => {
    session = await InferenceSession.create(builtModel(builtManifest().warp), { intraOpNumThreads: 1 });
  });

  async function warp(picture: RgbImage, transform: Transform, size: number, scale = 1, offset = 0) {
    const side = BigInt(size);
    const { image, pair } = await session.run({
      picture: new Tensor('uint8', picture.data, [1, picture.height, picture.width, 3]),
      transform: new Tensor('float32', Float32Array.from(transform), [1, 2, 3]),
      size: new Tensor('int64', BigInt64Array.of(1n, 3n, side, side), [4]),
      scale: new Tensor('float32', new Float32Array(3).fill(scale), [1, 3, 1, 1]),
      offset: new Tensor('float32', new Float32Array(3).fill(offset), [1, 3, 1, 1]),
    });
    assert.deepEqual(image.dims, [1, 3, size, size]);
    assert.deepEqual(pair.dims, [2, 3, size, size]);
    return { image: image.data as Float32Array, pair: pair.data as Float32Array };
  }

  it('leaves a picture unchanged if the square is the picture', async () => {
    const picture = noise(40);
    const { image } = await warp(picture, [1, 0, 0, 0, 1, 0], 40);
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
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ turn, side, x, y }) => {
        const [cos, sin] = [Math.cos(turn) * side, Math.sin(turn) * side];
        const transform: Transform = [cos, -sin, x, sin, cos, y];
        const { image } = await warp(picture, transform, size);
        assert.ok(furthest(image, warpByHand(picture, transform, size)) < 0.02);
      }),
    );
  });

  it('does not swap left and right, up and down, or colours', async () => {
    // Red grows to the right, green downwards, blue is the same everywhere.
    const picture = drawn(200, 100, (x, y) => [x, 2 * y, 77]);
    const { image } = await warp(picture, [0.1, 0, 0.5, 0, 0.2, -0.5], 20);
    // The square covers the columns 140 to 160 and the rows 15 to 35, one pixel for each.
    assert.ok(Math.abs(image[0] - 140) < 0.01 && Math.abs(image[19] - 159) < 0.01);
    assert.ok(Math.abs(image[400] - 30) < 0.01 && Math.abs(image[400 + 380] - 68) < 0.01);
    assert.ok(Math.abs(image[800] - 77) < 0.01);
  });

  it('uses every pixel when it shrinks', async () => {
    const checked = drawn(240, 240, (x, y) => ((x + y) % 2 ? [255, 255, 255] : [0, 0, 0]));
    // Each pixel of the square covers 4 of the picture: the mean of black and white.
    const { image } = await warp(checked, [0.5, 0, 0, 0, 0.5, 0], 30);
    assert.ok(image.every((level) => Math.abs(level - 127.5) < 0.01));
  });

  it('does not shift what it shrinks', async () => {
    const slope = drawn(256, 256, (x) => [x, x, x]);
    const { image } = await warp(slope, [0.8, 0, 0.05, 0, 0.8, 0], 40);
    // Half the span is 102.4, around the column 128 + 0.05 × 128, less half a pixel.
    const expected = Array.from({ length: 40 }, (_, i) => 128 + 6.4 + ((i + 0.5) / 20 - 1) * 102.4 - 0.5);
    assert.ok(furthest(image.subarray(0, 40), expected) < 0.01);
  });

  it('is black outside the picture', async () => {
    const white = drawn(50, 30, () => [255, 255, 255]);
    const { image } = await warp(white, [1, 0, 8, 0, 1, 0], 10);
    assert.ok(image.every((level) => level === 0));
  });

  it('applies scale and offset to each level', async () => {
    const picture = noise(30);
    const transform: Transform = [0.5, 0.1, 0, -0.1, 0.5, 0];
    const plain = await warp(picture, transform, 24);
    const scaled = await warp(picture, transform, 24, 1 / 127.5, -1);
    const expected = [...plain.image].map((level) => level / 127.5 - 1);
    assert.ok(furthest(scaled.image, expected) < 1e-5);
  });

  it('returns the square and its mirror image as a pair', async () => {
    const { image, pair } = await warp(noise(30), [0.7, 0.2, 0.1, -0.2, 0.7, 0], 24);
    const rows = Array.from({ length: 3 * 24 }, (_, row) => image.subarray(row * 24, (row + 1) * 24));
    const mirrored = rows.flatMap((row) => [...row].reverse());
    assert.deepEqual([...pair], [...image, ...mirrored]);
  });
});

/** The same by a plain loop over the whole picture, as planes of red, green and blue. */
function warpByHand({ data, width, height }: RgbImage, t: Transform, size: number): number[] {
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
