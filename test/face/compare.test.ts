import assert from 'node:assert/strict';

import fc from 'fast-check';

import { type Bound, falseMatchRate } from '../../appliance/calibration/calibration.js';
import { hardestStrangers } from '../../appliance/calibration/hardest.js';
import { distance, similarity } from '../../appliance/face/compare.js';
import { readManifest } from '../../appliance/face/manifest.js';
import { fuse } from '../../appliance/face/template.js';
import { installation } from '../../appliance/installation.js';

const template = fc.float32Array({ minLength: 8, maxLength: 8, noNaN: true, min: -1, max: 1 });

describe('comparing templates', () => {
  it('uses the Euclidean distance', () => {
    const one = Float32Array.of(0.1, 0.2, 0);
    assert.ok(Math.abs(distance(one, Float32Array.of(0.4, 0.2, 0.4)) - 0.5) < 1e-7);
    assert.equal(similarity(one, Float32Array.of(0.4, 0.2, 0.4), 'euclidean'), 0.5);
    assert.equal(similarity(one, Float32Array.of(0.1, 0.2, 0.12344), 'euclidean'), 0.8766);
    assert.equal(similarity(one, one, 'euclidean'), 1);
    assert.equal(similarity(one, Float32Array.of(2, 2, 2), 'euclidean'), 0);
  });

  it('uses the cosine if the manifest says so, whatever the lengths of the templates', () => {
    const one = Float32Array.of(3, 0);
    assert.equal(similarity(one, Float32Array.of(1, 1), 'cosine'), 0.7071);
    assert.equal(similarity(one, Float32Array.of(0.5, 0), 'cosine'), 1);
    assert.equal(similarity(one, Float32Array.of(0, 2), 'cosine'), 0);
    assert.equal(similarity(one, Float32Array.of(-1, 0.1), 'cosine'), 0);
    assert.equal(similarity(one, Float32Array.of(0, 0), 'cosine'), 0);
  });

  it('is symmetric, and gives a score from 0 to 1 with four decimals', () => {
    const by = fc.constantFrom('euclidean' as const, 'cosine' as const);
    fc.assert(
      fc.property(template, template, by, (one, other, by) => {
        const score = similarity(one, other, by);
        assert.equal(score, similarity(other, one, by));
        assert.ok(score >= 0 && score <= 1);
        assert.equal(score, Math.round(score * 1e4) / 1e4);
      }),
    );
  });

  it('fuses several templates into their weighted mean', () => {
    const [one, other] = [Float32Array.of(0, 1), Float32Array.of(1, 0.5)];
    const fused = (weight: number, otherWeight: number) =>
      fuse([
        { template: one, weight },
        { template: other, weight: otherWeight },
      ]);
    assert.deepEqual(fused(0.4, 0.4), Float32Array.of(0.5, 0.75));
    assert.deepEqual(fused(0.75, 0.25), Float32Array.of(0.25, 0.875));
    fc.assert(
      fc.property(
        template,
        fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: 1 }),
        (same, weights) => {
          assert.ok(distance(fuse(weights.map((weight) => ({ template: same, weight }))), same) < 1e-5);
        },
      ),
    );
  });
});

describe('the false match rate', () => {
  const points: Bound[] = [
    { similarity: 0, upper95: 1 },
    { similarity: 0.4, upper95: 0.05 },
    { similarity: 0.5, upper95: 0.03 },
  ];

  it('is that of the highest point at or below the score', () => {
    assert.equal(falseMatchRate(points, 0), 1);
    assert.equal(falseMatchRate(points, 0.3999), 1);
    assert.equal(falseMatchRate(points, 0.4), 0.05);
    assert.equal(falseMatchRate(points, 0.4999), 0.05);
    assert.equal(falseMatchRate(points, 0.5), 0.03);
    assert.equal(falseMatchRate(points, 1), 0.03);
  });

  it('never rises with the score, and is never below the observed rate, in the shipped calibration', () => {
    const manifest = readManifest(installation.manifest);
    assert.ok(manifest.ok);
    const { stratum: shipped } = hardestStrangers(manifest.value.recogniser.calibration);
    const score = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(score, score, (one, other) => {
        const [low, high] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(falseMatchRate(shipped.points, high) <= falseMatchRate(shipped.points, low));
      }),
    );
    for (const { similarity: at, falseMatches } of shipped.points) {
      assert.ok(falseMatchRate(shipped.points, at) >= falseMatches / shipped.comparisons);
    }
  });
});
