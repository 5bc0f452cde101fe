import assert from 'node:assert/strict';

import { eyeAspectRatio, hasBlinked } from '../../../appliance/face/liveness/blink.js';
import { thresholds } from '../../../appliance/face/liveness/thresholds.js';
import { steadyLumaWave, hueRotation, skinSpectra } from '../../../appliance/face/liveness/moire.js';
import { busyness, straightEdges } from '../../../appliance/face/liveness/sheet-edges.js';
import { powerSpectrum } from '../../../appliance/face/liveness/spectrum.js';
import { none, points, skin, type Wave } from './skin.js';

describe('a blink', () => {
  const blinked = (openings: number[]) => hasBlinked(openings, thresholds.blink);

  it('is seen if the eyes close and open again', () => {
    assert.ok(blinked([0.33, 0.34, 0.29, 0.25, 0.3, 0.34]));
    assert.ok(blinked([0.2, 0.21, 0.17, 0.2]));
  });

  it('is not seen in a photo, or if the eyes only close, only open, or are never visible', () => {
    assert.ok(!blinked([0.33, 0.34, 0.33, 0.32, 0.33, 0.34]));
    assert.ok(!blinked([0.34, 0.34, 0.34, 0.28, 0.24, 0.22]));
    assert.ok(!blinked([0.2, 0.22, 0.28, 0.34, 0.34, 0.34]));
    assert.ok(!blinked([]));
  });

  it('is measured by the lids: twice the height at the same width is twice as open', () => {
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
      assert.ok(Math.abs(eyeAspectRatio(points) - opening) < 1e-9);
    }
  });
});

describe('the moiré of a grid', () => {
  const looksAt = (wave: Wave) =>
    Array.from({ length: thresholds.looks.fewest }, (_, i) => skinSpectra(skin(wave, i), points));
  const directions = [
    [7, Infinity],
    [6, 30],
    [-6, 14],
    [Infinity, 7.5],
  ] as const;

  it('is not found on skin, whatever its shading and its mouth', () => {
    assert.ok(hueRotation(looksAt(none)) < thresholds.hue);
    assert.ok(steadyLumaWave(looksAt(none)) < thresholds.wave);
  });

  it('of coloured stripes is found in the hue at 1 % of the light, at any angle and in either order', () => {
    for (const [across, down] of [...directions, [20, 40]] as const) {
      const hue = hueRotation(looksAt({ contrast: 0.01, across, down, coloured: true }));
      assert.ok(hue > 4 * thresholds.hue, `${across}, ${down}: ${hue}`);
    }
  });

  it('of coloured stripes must be on all patches of skin but one', () => {
    const [bare, waved] = [none, { contrast: 0.01, across: 7, down: Infinity, coloured: true }].map(looksAt);
    const hueWith = (patches: number) =>
      hueRotation(
        bare.map(({ colour, luma }, look) => ({
          colour: colour.map((patch, i) => (i < patches ? waved[look].colour[i] : patch)),
          luma,
        })),
      );
    const patches = bare[0].colour.length;
    assert.ok(hueWith(patches - 1) > 4 * thresholds.hue);
    assert.ok(hueWith(patches - 2) < thresholds.hue);
  });

  it('without colour is found in the luma at 1 %, and not in the hue', () => {
    for (const [across, down] of [...directions, [3.1, 4.7]] as const) {
      const looks = looksAt({ contrast: 0.01, across, down, coloured: false });
      const wave = steadyLumaWave(looks);
      assert.ok(wave > thresholds.wave, `${across}, ${down}: ${wave}`);
      assert.ok(hueRotation(looks) < thresholds.hue);
    }
  });
});

describe('a power spectrum', () => {
  const side = 32;
  const values = (value: (x: number) => number) =>
    Float64Array.from({ length: side * side }, (_, i) => value(i % side));
  const wave = (x: number) => (2 * Math.PI * 5 * x) / side;

  it('has all the power of a wave at its frequency and the mirror image of that', () => {
    const power = powerSpectrum(
      values((x) => Math.cos(wave(x))),
      new Float64Array(side * side),
      side,
    );
    const strongest = power.indexOf(Math.max(...power));
    assert.ok(strongest === 5 || strongest === side - 5, String(strongest));
    assert.ok(Math.abs(power[5] / power[side - 5] - 1) < 1e-9);
    // Parseval: the sum over all frequencies is the number of values times their sum of squares, after the window.
    const window = (i: number) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (i + 0.5)) / side);
    const squares = values((x) => Math.cos(wave(x))).reduce(
      (sum, v, i) => sum + (v * window(i % side) * window(Math.floor(i / side))) ** 2,
      0,
    );
    const total = power.reduce((sum, value) => sum + value, 0);
    assert.ok(Math.abs(total / (side * side * squares) - 1) < 0.01);
  });

  it('tells the direction in which a complex wave turns', () => {
    const [cos, sin] = [values((x) => Math.cos(wave(x))), values((x) => Math.sin(wave(x)))];
    const power = powerSpectrum(cos, sin, side);
    assert.ok(power[5] > 1e6 * power[side - 5], `${power[5]}, ${power[side - 5]}`);
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
    ).filter((edge) => edge >= thresholds.edge.straight).length;

  it('are four around a sheet, upright or tilted', () => {
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

  it('are fewer around a head in front of a wall with a door', () => {
    const inHead = (x: number, y: number) => ((x - 100) / 33) ** 2 + ((y - 100) / 50) ** 2 < 1;
    const door = (x: number) => (x < 40 ? 90 : 180);
    assert.ok(sidesOf((x, y) => (inHead(x, y) ? 130 : door(x))) < thresholds.edge.sides);
  });
});

describe('busyness', () => {
  const of = (luma: (x: number, y: number) => number) => {
    const [width, height] = [100, 100];
    const data = Uint8Array.from({ length: width * height }, (_, i) =>
      luma(i % width, Math.floor(i / width)),
    );
    return busyness({ data, width, height });
  };

  it('is none on a wall, and of one edge the four pixels in reach of it', () => {
    assert.equal(
      of(() => 150),
      0,
    );
    // Pixels 48 to 51 of each row but the two at the top and at the bottom.
    assert.equal(
      of((x) => (x < 50 ? 90 : 180)),
      (4 * 96) / 10_000,
    );
  });

  it('is nearly all of a page of stripes', () => {
    assert.ok(of((x) => (x % 8 < 4 ? 90 : 180)) > 0.7);
  });
});
