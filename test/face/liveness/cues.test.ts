import assert from 'node:assert/strict';

import { eyeOpening, hasBlinked } from '../../../appliance/face/liveness/blink.js';
import { limits } from '../../../appliance/face/liveness/limits.js';
import { patchSide, periodicity } from '../../../appliance/face/liveness/moire.js';
import { straightEdges } from '../../../appliance/face/liveness/sheet-edges.js';
import { powerSpectrum } from '../../../appliance/face/liveness/spectrum.js';
import { noise } from '../../models/pictures.js';

describe('a blink', () => {
  const blinked = (openings: number[]) => hasBlinked(openings, limits.blink);

  it('is eyes that shut and open again', () => {
    assert.ok(blinked([0.33, 0.34, 0.29, 0.25, 0.3, 0.34]));
    assert.ok(blinked([0.2, 0.21, 0.17, 0.2]));
  });

  it('is not what a photo does, nor eyes that only shut, or only open, or were never seen', () => {
    assert.ok(!blinked([0.33, 0.34, 0.33, 0.32, 0.33, 0.34]));
    assert.ok(!blinked([0.34, 0.34, 0.34, 0.28, 0.24, 0.22]));
    assert.ok(!blinked([0.2, 0.22, 0.28, 0.34, 0.34, 0.34]));
    assert.ok(!blinked([]));
  });

  it('is read from lids: twice as high against the same width is twice as open', () => {
    const points = Array.from({ length: 468 }, () => ({ x: 0, y: 0 }));
    const eye = (outer: number, inner: number, lids: number[], height: number) => {
      points[outer] = { x: 0, y: 0 };
      points[inner] = { x: 30, y: 0 };
      lids.forEach(
        (index, i) => (points[index] = { x: 10 + 10 * (i >> 1), y: i % 2 ? height / 2 : -height / 2 }),
      );
    };
    for (const [height, opening] of [
      [9, 0.3],
      [4.5, 0.15],
      [0, 0],
    ] as const) {
      eye(33, 133, [160, 144, 158, 153], height);
      eye(263, 362, [387, 373, 385, 380], height);
      assert.ok(Math.abs(eyeOpening(points) - opening) < 1e-9);
    }
  });
});

describe('the beat of a grid', () => {
  const grain = noise(patchSide).data;
  /** Skin as a slope with the shapes of a face, a sensor's noise, and a wave of so much contrast. */
  const patch = (contrast: number, cyclesAcross: number, cyclesDown: number) =>
    Float64Array.from({ length: patchSide ** 2 }, (_, i) => {
      const [x, y] = [(i % patchSide) / patchSide, Math.floor(i / patchSide) / patchSide];
      const skin = 150 + 40 * Math.sin(4 * x) + 30 * Math.cos(7 * y * x);
      const wave = Math.cos(2 * Math.PI * (cyclesAcross * x + cyclesDown * y));
      return skin * (1 + contrast * wave) + (grain[3 * i] - 128) / 30;
    });

  it('stands out of skin and noise at any slant', () => {
    assert.ok(periodicity(patch(0, 0, 0)) < limits.wave);
    for (const [across, down] of [
      [20, 0],
      [0, 33],
      [25, 25],
      [-18, 40],
    ] as const) {
      assert.ok(periodicity(patch(0.03, across, down)) > limits.wave, `${across}, ${down}`);
    }
  });

  it('has its whole power at its own frequency', () => {
    const side = 32;
    const wave = Float64Array.from({ length: side * side }, (_, i) =>
      Math.cos((2 * Math.PI * 5 * (i % side)) / side),
    );
    const power = powerSpectrum(wave, side);
    const strongest = power.indexOf(Math.max(...power));
    assert.ok(strongest === 5 || strongest === side - 5, String(strongest));
    // Parseval: the sum over all frequencies is the number of values times their sum of squares, after the window.
    const window = (i: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side);
    const squares = wave.reduce(
      (sum, v, i) => sum + (v * window(i % side) * window(Math.floor(i / side))) ** 2,
      0,
    );
    const total = power.reduce((sum, value) => sum + value, 0);
    assert.ok(Math.abs(total / (side * side * squares) - 1) < 0.01);
  });
});

describe('the edges of a sheet', () => {
  const [width, height] = [200, 200];
  const face = { x: 100, y: 90, eyes: 24 };
  const sidesOf = (luma: (x: number, y: number) => number) =>
    straightEdges(
      {
        data: Uint8Array.from({ length: width * height }, (_, i) => luma(i % width, Math.floor(i / width))),
        width,
        height,
      },
      face,
    ).filter((edge) => edge >= limits.edge.straight).length;

  it('are four about a sheet, upright or leaning', () => {
    const inSheet = (x: number, y: number) => Math.abs(x - 100) < 48 && y > 42 && y < 152;
    assert.equal(
      sidesOf((x, y) => (inSheet(x, y) ? 150 : 200)),
      4,
    );
    assert.equal(
      sidesOf((x, y) => (inSheet(x + (y - 100) * 0.1, y - (x - 100) * 0.1) ? 60 : 130)),
      4,
    );
  });

  it('are fewer than a sheet’s about a head before a wall with a door', () => {
    const inHead = (x: number, y: number) => ((x - 100) / 33) ** 2 + ((y - 100) / 50) ** 2 < 1;
    const door = (x: number) => (x < 40 ? 90 : 180);
    assert.ok(sidesOf((x, y) => (inHead(x, y) ? 130 : door(x))) < limits.edge.sides);
  });
});
