import assert from 'node:assert/strict';

import fc from 'fast-check';
import koffi from 'koffi';

import { readDescriptor } from '../../appliance/scanner/sane/descriptor.js';
import { decodeValue, encodeValue, valueSize } from '../../appliance/scanner/sane/option.js';

const word = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });

/** A driver's descriptor in memory: three texts, five words and the pointer to the constraint. */
class DriverMemory {
  readonly #kept: unknown[] = [];
  readonly address: bigint;

  constructor(of: {
    readonly name: string;
    readonly type: number;
    readonly size: number;
    readonly capabilities: number;
    readonly constraintKind: number;
    readonly constraint: readonly number[] | readonly string[] | null;
  }) {
    const memory = Buffer.alloc(56);
    memory.writeBigUInt64LE(this.#text(of.name), 0);
    memory.writeBigUInt64LE(this.#text('A title'), 8);
    memory.writeBigUInt64LE(this.#text('A description'), 16);
    [of.type, 0, of.size, of.capabilities, of.constraintKind].forEach((number, i) => {
      memory.writeInt32LE(number, 24 + 4 * i);
    });
    memory.writeBigUInt64LE(of.constraint === null ? 0n : this.#list(of.constraint), 48);
    this.address = this.#keep(memory);
  }

  #list(values: readonly number[] | readonly string[]): bigint {
    if (typeof values[0] !== 'string')
      return this.#keep(Buffer.from(Int32Array.from(values as number[]).buffer));
    const addresses = (values as string[]).map((value) => this.#text(value));
    return this.#keep(Buffer.from(BigUint64Array.from([...addresses, 0n]).buffer));
  }

  #text(value: string): bigint {
    return this.#keep(Buffer.from(`${value}\0`));
  }

  #keep(memory: Buffer): bigint {
    this.#kept.push(memory);
    return koffi.address(memory);
  }
}

const softSelectAndDetect = 5;
const int = 1;
const fixed = 2;
const string = 3;

describe('scanner: the schema of a driver’s options', () => {
  it('reads any descriptor safely, and accepts only valid ones', () => {
    const anything = fc.record({
      name: fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
      type: fc.oneof(fc.integer({ min: -1, max: 7 }), word),
      size: fc.oneof(fc.integer({ min: -4, max: 40 }), word),
      capabilities: word,
      constraintKind: fc.oneof(fc.integer({ min: -1, max: 4 }), word),
      constraint: fc.constant(null),
    });
    fc.assert(
      fc.property(anything, (of) => {
        const memory = new DriverMemory(of);
        const option = readDescriptor(memory.address, 3);
        const valued = of.type >= 0 && of.type <= 3;
        const sound =
          of.type === 4 ||
          of.type === 5 ||
          (valued && of.size > 0 && of.size <= 2 ** 20 && (of.type === 3 || of.size % 4 === 0));
        const unconstrained = of.constraintKind === 0 || !valued || of.type === 0;
        assert.equal(option !== undefined, sound && unconstrained && (of.type !== 0 || of.size === 4));
        if (!option) return;
        assert.equal(option.active, !(of.capabilities & 32));
        assert.equal(option.settable, !!(of.capabilities & 1));
        assert.equal(option.readable, !!(of.capabilities & 4));
        assert.equal(valueSize(option), valued ? of.size : 0);
      }),
    );
  });

  it('allows in a range the values of the standard: min + k·quant, up to max', () => {
    const range = fc.record({
      type: fc.constantFrom(int, fixed),
      min: fc.integer({ min: -2000, max: 2000 }),
      length: fc.integer({ min: 0, max: 3000 }),
      quant: fc.integer({ min: 0, max: 50 }),
      place: fc.oneof(fc.integer({ min: -3000, max: 6000 }), fc.constantFrom('least', 'most', 'last step')),
    });
    fc.assert(
      fc.property(range, ({ type, min, length, quant, place }) => {
        const last = min + Math.floor(length / Math.max(quant, 1)) * Math.max(quant, 1);
        const marks = { least: min, most: min + length, 'last step': last };
        const asked = typeof place === 'number' ? place : marks[place];
        const memory = new DriverMemory({
          name: 'x',
          type,
          size: 4,
          capabilities: softSelectAndDetect,
          constraintKind: 1,
          constraint: [min, min + length, quant],
        });
        const option = readDescriptor(memory.address, 1);
        assert.ok(option);
        const allowed = new Set<number>();
        for (let value = min; value <= min + length; value += Math.max(quant, 1)) allowed.add(value);
        const value = type === fixed ? asked / 65536 : asked;
        const encoded = encodeValue(option, value);
        assert.equal(encoded.ok, allowed.has(asked));
        if (!encoded.ok) return;
        assert.deepEqual([...new Int32Array(encoded.value.buffer)], [asked]);
        assert.equal(decodeValue(option, encoded.value), value);
      }),
    );
  });

  it('allows only the members of a list', () => {
    const list = fc.array(word, { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(list, word, fc.constantFrom(int, fixed), (words, other, type) => {
        const memory = new DriverMemory({
          name: 'x',
          type,
          size: 4,
          capabilities: softSelectAndDetect,
          constraintKind: 2,
          constraint: [words.length, ...words],
        });
        const option = readDescriptor(memory.address, 1);
        assert.ok(option);
        for (const asked of [...words, other]) {
          const value = type === fixed ? asked / 65536 : asked;
          assert.equal(encodeValue(option, value).ok, words.includes(asked));
        }
      }),
    );
  });

  it('rejects a list with an impossible length', () => {
    for (const length of [-1, 0, 5000, 2 ** 31 - 1]) {
      const memory = new DriverMemory({
        name: 'x',
        type: int,
        size: 4,
        capabilities: softSelectAndDetect,
        constraintKind: 2,
        constraint: [length, 1, 2, 3],
      });
      assert.equal(readDescriptor(memory.address, 1), undefined);
    }
  });

  it('allows the texts of a list that fit, and passes them on whole', () => {
    const texts = fc.array(fc.string({ minLength: 1, unit: 'grapheme' }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        texts,
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 60 }),
        (values, other, size) => {
          fc.pre(values.every((value) => !value.includes('\0')));
          const memory = new DriverMemory({
            name: 'x',
            type: string,
            size,
            capabilities: softSelectAndDetect,
            constraintKind: 3,
            constraint: values,
          });
          const option = readDescriptor(memory.address, 1);
          assert.ok(option);
          for (const value of [...values, other]) {
            const fits = Buffer.byteLength(value) < size;
            const encoded = encodeValue(option, value);
            assert.equal(encoded.ok, values.includes(value) && fits);
            if (!encoded.ok) continue;
            assert.equal(encoded.value.length, size);
            assert.equal(decodeValue(option, encoded.value), value);
          }
        },
      ),
    );
  });
});
