import assert from 'node:assert/strict';

import fc from 'fast-check';

import {
  type Affine,
  apply,
  chain,
  enlargement,
  fitSimilarity,
  invert,
  scaledRotation,
  translation,
} from '../../appliance/face/affine.js';
import type { Point } from '../../appliance/face/image.js';

const coordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const point = fc.record({ x: coordinate, y: coordinate });
const similarity = fc
  .record({
    factor: fc.double({ min: 0.05, max: 20, noNaN: true }),
    angle: fc.double({ min: -Math.PI, max: Math.PI, noNaN: true }),
    shift: point,
  })
  .map(({ factor, angle, shift }) => chain(scaledRotation(factor, angle), translation(shift.x, shift.y)));

function assertNear(actual: Point, expected: Point, tolerance = 1e-6): void {
  const off = Math.hypot(actual.x - expected.x, actual.y - expected.y);
  assert.ok(off < tolerance, `(${actual.x}, ${actual.y}) is ${off} from (${expected.x}, ${expected.y})`);
}

describe('affine maps', () => {
  it('are undone by their inverse', () => {
    fc.assert(
      fc.property(similarity, point, (m, p) => {
        assertNear(apply(invert(m), apply(m, p)), p, 1e-5);
        assertNear(apply(m, apply(invert(m), p)), p, 1e-5);
      }),
    );
  });

  it('are applied in the order of the arguments of chain', () => {
    const m = chain(translation(1, 0), scaledRotation(2, Math.PI / 2));
    // (3, 4) moves to (4, 4), turns a quarter clockwise (y points down) to (-4, 4), and doubles to (-8, 8).
    assertNear(apply(m, { x: 3, y: 4 }), { x: -8, y: 8 });
  });

  it('have a scale', () => {
    fc.assert(
      fc.property(similarity, point, point, (m, p, q) => {
        const before = Math.hypot(p.x - q.x, p.y - q.y);
        const [u, v] = [apply(m, p), apply(m, q)];
        const after = Math.hypot(u.x - v.x, u.y - v.y);
        assert.ok(Math.abs(after - before * enlargement(m)) < 1e-6 * (1 + after));
      }),
    );
  });
});

describe('the least-squares similarity transform', () => {
  it('recovers the transform that made the points', () => {
    const spread = fc
      .array(point, { minLength: 2, maxLength: 8 })
      .filter((points) => points.some((p) => Math.hypot(p.x - points[0].x, p.y - points[0].y) > 1));
    fc.assert(
      fc.property(similarity, spread, (m, points) => {
        const fitted = fitSimilarity(
          points,
          points.map((p) => apply(m, p)),
        );
        for (const p of points) assertNear(apply(fitted, p), apply(m, p), 1e-4);
      }),
    );
  });

  it('agrees with a calculation by hand', () => {
    // About the centroids (1/3, 1/3) and (1, 2/3): the squares of the first sum to 12/9, the dot products to
    // 30/9 and the cross products to 3/9, so the best scaled turn is 2.5 along and 0.25 across.
    const fitted = fitSimilarity(
      [
        { x: 0, y: 0 },
        { x: 1, y: 0 },
        { x: 0, y: 1 },
      ],
      [
        { x: 0, y: 0 },
        { x: 3, y: 0 },
        { x: 0, y: 2 },
      ],
    );
    const expected: Affine = { a: 2.5, b: -0.25, c: 0.25, d: 0.25, e: 2.5, f: -0.25 };
    for (const [name, value] of Object.entries(expected)) {
      assert.ok(
        Math.abs(fitted[name as keyof Affine] - value) < 1e-12,
        `${name}: ${fitted[name as keyof Affine]}`,
      );
    }
  });

  it('never reflects: it fits mirrored points by a rotation', () => {
    const triangle = [
      { x: 0, y: 0 },
      { x: 4, y: 0 },
      { x: 1, y: 3 },
    ];
    const m = fitSimilarity(
      triangle,
      triangle.map(({ x, y }) => ({ x: -x, y })),
    );
    assert.ok(m.a * m.e - m.b * m.d > 0);
  });
});
