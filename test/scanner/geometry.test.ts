import assert from 'node:assert/strict';

import fc from 'fast-check';

import { cropSquare, rotated } from '../../appliance/scanner/crop.js';
import { tileStarts, turnBack, turns } from '../../appliance/scanner/geometry.js';
import type { Page } from '../../appliance/scanner/scanner.js';

/** A page on which every pixel holds its own position. */
function numbered(width: number, height: number, channels: 1 | 3): Page {
  const data = new Uint8Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    data.set([i % width, Math.floor(i / width), 77].slice(0, channels), i * channels);
  }
  return { data, width, height, channels, resolution: 300 };
}

const side = fc.integer({ min: 1, max: 40 });

describe('scanner: the geometry of a page', () => {
  it('maps places of a rotated picture back to the page', async () => {
    const part = fc.record({ x: fc.nat(39), y: fc.nat(39), width: side, height: side });
    await fc.assert(
      fc.asyncProperty(side, side, part, fc.constantFrom(...turns), async (width, height, wanted, turn) => {
        const page = numbered(width, height, 3);
        const image = await rotated({ data: page.data, width, height }, turn);
        const x = wanted.x % image.width;
        const y = wanted.y % image.height;
        const inside = {
          x,
          y,
          width: Math.min(wanted.width, image.width - x),
          height: Math.min(wanted.height, image.height - y),
        };
        const before = turnBack(inside, turn, { width, height });
        // Its corners have the values of the page.
        const shown = [];
        for (const [cornerX, cornerY] of [
          [x, y],
          [x + inside.width - 1, y + inside.height - 1],
        ]) {
          const at = (cornerY * image.width + cornerX) * 3;
          shown.push({ x: image.data[at], y: image.data[at + 1] });
        }
        assert.equal(Math.min(shown[0].x, shown[1].x), before.x);
        assert.equal(Math.min(shown[0].y, shown[1].y), before.y);
        assert.equal(Math.max(shown[0].x, shown[1].x) + 1, before.x + before.width);
        assert.equal(Math.max(shown[0].y, shown[1].y) + 1, before.y + before.height);
      }),
      { numRuns: 60 },
    );
  });

  it('cuts squares from the page, and repeats its edge beyond it', async () => {
    const place = fc.integer({ min: -30, max: 60 });
    await fc.assert(
      fc.asyncProperty(
        side,
        side,
        place,
        place,
        side,
        fc.constantFrom(1, 3),
        async (width, height, x, y, size, channels) => {
          const page = numbered(width, height, channels);
          const { image, scale } = await cropSquare(page, { x, y, width: size, height: size }, Infinity);
          assert.deepEqual([image.width, image.height, scale], [size, size, 1]);
          for (let row = 0; row < size; row++) {
            for (let column = 0; column < size; column++) {
              const at = (row * size + column) * 3;
              const expectedX = Math.min(Math.max(x + column, 0), width - 1);
              const expectedY = Math.min(Math.max(y + row, 0), height - 1);
              assert.equal(image.data[at], expectedX);
              assert.equal(image.data[at + 1], channels === 3 ? expectedY : expectedX);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('gives a cut-out the requested size, wherever it is', async () => {
    const place = fc.integer({ min: -30, max: 60 });
    await fc.assert(
      fc.asyncProperty(side, side, place, place, side, side, async (width, height, x, y, size, most) => {
        const page = numbered(width, height, 3);
        const { image, scale, region } = await cropSquare(page, { x, y, width: size, height: size }, most);
        assert.deepEqual([image.width, image.height], [Math.min(size, most), Math.min(size, most)]);
        assert.equal(scale, image.width / region.width);
      }),
      { numRuns: 60 },
    );
  });

  it('covers a length with pieces that overlap by half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 2, max: 400 }), (length, piece) => {
        const starts = tileStarts(length, piece);
        assert.equal(starts[0], 0);
        if (length > piece) assert.equal(starts.at(-1), length - piece);
        for (let i = 1; i < starts.length; i++) assert.ok(starts[i] - starts[i - 1] <= Math.ceil(piece / 2));
      }),
    );
  });
});
