import assert from 'node:assert/strict';

import fc from 'fast-check';

import { chooseEdge, chooseMode, chooseResolution, chooseSource } from '../../appliance/scanner/choose.js';
import { encodeValue, type NumberConstraint, type Option } from '../../appliance/scanner/sane/option.js';

const common = {
  index: 1,
  name: 'x',
  title: '',
  unit: 'none',
  active: true,
  settable: true,
  readable: true,
} as const;

function texts(...values: string[]): Option {
  return { ...common, type: 'string', size: 100, constraint: { kind: 'list', values } };
}

function numbers(constraint: NumberConstraint, type: 'int' | 'fixed' = 'int'): Option {
  return { ...common, type, count: 1, constraint };
}

describe('scanner: the choice of settings', () => {
  it('chooses colour by any of its names, else grey, else no mode', () => {
    assert.equal(chooseMode(texts('Lineart', 'Gray', 'Color')), 'Color');
    assert.equal(chooseMode(texts('Black & White', '24bit Color[Fast]', 'True Gray')), '24bit Color[Fast]');
    assert.equal(chooseMode(texts('Lineart', 'Halftone', 'Gray')), 'Gray');
    assert.equal(chooseMode(texts('Black & White', 'True Gray')), 'True Gray');
    assert.equal(chooseMode(texts('Color 36', '48 bits color', 'Color24', 'Gray8')), 'Color24');
    assert.equal(chooseMode(texts('16bit Color', '8-bit Gray')), '8-bit Gray');
    assert.equal(chooseMode(texts('Color Lineart', 'Negative color', 'RGB')), 'RGB');
    assert.equal(chooseMode(texts('Gray', '16 million colors')), '16 million colors');
    assert.equal(chooseMode(texts('Gray16', 'Lineart')), 'Gray16');
    assert.equal(chooseMode(texts('Lineart')), undefined);
    assert.equal(chooseMode(undefined), undefined);
  });

  it('chooses the glass, not the feeder', () => {
    assert.equal(chooseSource(texts('Automatic Document Feeder', 'Flatbed')), 'Flatbed');
    assert.equal(chooseSource(texts('ADF Front', 'FlatBed', 'ADF Duplex')), 'FlatBed');
    assert.equal(chooseSource(texts('Normal', 'Transparency Adapter')), 'Normal');
    assert.equal(chooseSource(texts('adf', 'fb')), 'fb');
    assert.equal(chooseSource(texts('Feeder', 'Flat-bed')), 'Flat-bed');
    assert.equal(chooseSource(texts('ADF Front', 'ADF Back')), undefined);
  });

  it('chooses the next higher resolution, else the next lower one, from 300 to 600 dpi', () => {
    const list = numbers({ kind: 'list', values: [75, 150, 300, 400, 600, 1200] });
    assert.equal(chooseResolution([list], 300), 300);
    assert.equal(chooseResolution([list], 301), 400);
    assert.equal(chooseResolution([numbers({ kind: 'list', values: [150, 300, 1200] })], 600), 300);
    assert.equal(chooseResolution([numbers({ kind: 'list', values: [150, 1200] })], 300), undefined);
    assert.equal(chooseResolution([numbers({ kind: 'range', min: 50, max: 1200, quant: 100 })], 300), 350);
    assert.equal(chooseResolution([numbers({ kind: 'range', min: 50, max: 200, quant: 1 })], 300), undefined);
    assert.equal(chooseResolution([], 300), undefined);
  });

  const constraint = fc.oneof(
    fc
      .array(fc.integer({ min: 50, max: 1200 }), { minLength: 1 })
      .map((values) => ({ kind: 'list', values }) as const),
    fc
      .record({
        min: fc.integer({ min: 1, max: 700 }),
        length: fc.integer({ min: 0, max: 1000 }),
        quant: fc.integer({ min: 0, max: 200 }),
      })
      .map(({ min, length, quant }) => ({ kind: 'range', min, max: min + length, quant }) as const),
  );

  it('chooses the nearest resolution that the scanner allows', () => {
    fc.assert(
      fc.property(constraint, fc.integer({ min: 300, max: 600 }), (of, asked) => {
        const option = numbers(of);
        const allowed = [];
        for (let dpi = 300; dpi <= 600; dpi++) if (encodeValue(option, dpi).ok) allowed.push(dpi);
        const above = allowed.filter((dpi) => dpi >= asked);
        assert.equal(chooseResolution([option], asked), above.at(0) ?? allowed.at(-1));
      }),
    );
  });

  it('scans from edge to edge, within what the scanner allows', () => {
    fc.assert(
      fc.property(constraint, (of) => {
        const option = numbers(of);
        const [near, far] = [chooseEdge(option, 'near'), chooseEdge(option, 'far')];
        assert.ok(near !== undefined && far !== undefined && near <= far);
        assert.ok(encodeValue(option, near).ok && encodeValue(option, far).ok);
        for (let beyond = far + 1; beyond < far + 300; beyond++) assert.ok(!encodeValue(option, beyond).ok);
      }),
    );
  });

  it('reaches the far edge of a glass measured in sixteenths of a bit', () => {
    const glass = numbers({ kind: 'range', min: 0, max: 215.9 - (215.9 % (1 / 65536)), quant: 0 }, 'fixed');
    const far = chooseEdge(glass, 'far');
    assert.ok(far !== undefined && far > 215.8 && encodeValue(glass, far).ok);
  });
});
