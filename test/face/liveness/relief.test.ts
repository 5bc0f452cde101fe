import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { Point } from '../../../appliance/face/image.js';
import { project, fitHomography } from '../../../appliance/face/liveness/homography.js';
import { thresholds } from '../../../appliance/face/liveness/thresholds.js';
import { reliefBetween } from '../../../appliance/face/liveness/relief.js';
import { drawnHead, seen, type Turned } from './drawn-head.js';

const near = (actual: number, expected: number, tolerance = 1e-6) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);

describe('a homography', () => {
  const square: Point[] = [
    { x: 0, y: 0 },
    { x: 2, y: 0 },
    { x: 2, y: 2 },
    { x: 0, y: 2 },
  ];

  it('is found from four corners, as calculated by hand', () => {
    // x' = 2x / (1 + x/2), y' = 2y / (1 + x/2): the right side of the square is twice as far away.
    const h = fitHomography(square, [
      { x: 0, y: 0 },
      { x: 2, y: 0 },
      { x: 2, y: 2 },
      { x: 0, y: 4 },
    ]);
    const expected = [2, 0, 0, 0, 2, 0, 0.5, 0, 1];
    h.forEach((value, i) => near(value / h[8], expected[i]));
    const middle = project(h, { x: 1, y: 1 });
    near(middle.x, 4 / 3);
    near(middle.y, 4 / 3);
  });

  it('is a translation if all points are translated', () => {
    const h = fitHomography(
      square,
      square.map(({ x, y }) => ({ x: x + 7, y: y - 3 })),
    );
    [1, 0, 7, 0, 1, -3, 0, 0, 1].forEach((value, i) => near(h[i] / h[8], value));
  });
});

const turn = fc.record({
  yaw: fc.double({ min: -45, max: 45, noNaN: true }),
  pitch: fc.double({ min: -25, max: 25, noNaN: true }),
  roll: fc.double({ min: -25, max: 25, noNaN: true }),
  x: fc.double({ min: -50, max: 50, noNaN: true }),
  size: fc.double({ min: 40, max: 160, noNaN: true }),
});
const ahead: Turned = { yaw: 0, pitch: 0, roll: 0, x: 0, size: 80 };

describe('the relief of a face between two views', () => {
  const flat = drawnHead.map(({ x, y }) => ({ x, y, z: 0 }));

  it('is zero for a flat sheet, however it is held', () => {
    fc.assert(
      fc.property(turn, turn, (one, other) => {
        const { plane } = reliefBetween(seen(flat, one), seen(flat, other));
        assert.ok(plane < 1e-6, String(plane));
      }),
    );
  });

  it('is below the limit for a sheet turned as far as a head can turn', () => {
    for (const yaw of [-40, -25, 25, 40]) {
      const { nose } = reliefBetween(seen(flat, ahead), seen(flat, { ...ahead, yaw }));
      assert.ok(nose < thresholds.nose / 3, `${yaw}: ${nose}`);
    }
  });

  it('is above the limit for a head that turned, to either side, near or far', () => {
    for (const yaw of [-30, -22, 22, 30]) {
      for (const size of [50, 120]) {
        const { plane, nose } = reliefBetween(
          seen(drawnHead, ahead),
          seen(drawnHead, { ...ahead, yaw, size }),
        );
        assert.ok(nose > thresholds.nose, `${yaw}: ${nose}`);
        assert.ok(plane > thresholds.plane, `${yaw}: ${plane}`);
      }
    }
  });

  it('is above the limit for a head that nodded, and below it for a bent sheet', () => {
    for (const pitch of [-22, -16, 16, 22]) {
      const { plane } = reliefBetween(seen(drawnHead, ahead), seen(drawnHead, { ...ahead, pitch }));
      assert.ok(plane > thresholds.plane, `${pitch}: ${plane}`);
      const bent = drawnHead.map(({ x, y }) => ({ x, y, z: 4 * (1 - Math.cos(x / 4)) }));
      const sheet = reliefBetween(seen(bent, ahead), seen(bent, { ...ahead, pitch }));
      assert.ok(sheet.plane < thresholds.plane, `${pitch}: ${sheet.plane}`);
    }
  });

  it('is zero for a head that only comes nearer, leans or moves aside', () => {
    const far = { ...ahead, x: 40, roll: 12, size: 100 };
    assert.ok(reliefBetween(seen(drawnHead, ahead), seen(drawnHead, far)).nose < 0.01);
  });

  it('is smaller for a bent sheet than for a head', () => {
    for (const radius of [-4, 2.5, 4]) {
      const bent = drawnHead.map(({ x, y }) => ({
        x: radius * Math.sin(x / radius),
        y,
        z: radius * (1 - Math.cos(x / radius)),
      }));
      for (const yaw of [-30, 30]) {
        const { nose } = reliefBetween(seen(bent, ahead), seen(bent, { ...ahead, yaw }));
        assert.ok(nose < thresholds.nose, `${radius}, ${yaw}: ${nose}`);
      }
    }
  });
});
