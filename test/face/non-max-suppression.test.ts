import assert from 'node:assert/strict';

import fc from 'fast-check';

import { overlap, suppressNonMaxima } from '../../appliance/face/non-max-suppression.js';

const side = fc.double({ min: 1, max: 100, noNaN: true });
const place = fc.double({ min: -100, max: 100, noNaN: true });
const box = fc.record({ x: place, y: place, width: side, height: side });
const candidates = fc.array(fc.record({ box, score: fc.double({ min: 0, max: 1, noNaN: true }) }), {
  maxLength: 30,
});
const mostCovered = 0.46;

describe('non-maximum suppression', () => {
  it('measures overlap relative to the smaller box', () => {
    const whole = { x: 0, y: 0, width: 10, height: 10 };
    assert.equal(overlap(whole, { x: 2, y: 3, width: 4, height: 4 }), 1);
    assert.equal(overlap(whole, { x: 5, y: 0, width: 10, height: 10 }), 0.5);
    assert.equal(overlap(whole, { x: 10, y: 0, width: 10, height: 10 }), 0);
    assert.equal(overlap(whole, { x: 20, y: 20, width: 1, height: 1 }), 0);
  });

  it('keeps the strongest first, keeps no two that overlap, and drops only what a stronger kept one overlaps', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const kept = suppressNonMaxima(all, mostCovered);
        assert.deepEqual(
          kept.map(({ score }) => score),
          kept.map(({ score }) => score).toSorted((a, b) => b - a),
        );
        kept.forEach((one, i) => {
          for (const other of kept.slice(i + 1)) assert.ok(overlap(one.box, other.box) <= mostCovered);
        });
        for (const dropped of all.filter((candidate) => !kept.includes(candidate))) {
          assert.ok(
            kept.some(
              (strong) => strong.score >= dropped.score && overlap(strong.box, dropped.box) > mostCovered,
            ),
          );
        }
      }),
    );
  });

  it('is idempotent, and independent of the order', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.record({ box, score: fc.double({ min: 0, max: 1, noNaN: true }) }), {
          selector: ({ score }) => score,
          maxLength: 20,
        }),
        (all) => {
          const kept = suppressNonMaxima(all, mostCovered);
          assert.deepEqual(suppressNonMaxima(kept, mostCovered), kept);
          assert.deepEqual(suppressNonMaxima(all.toReversed(), mostCovered), kept);
        },
      ),
    );
  });
});
