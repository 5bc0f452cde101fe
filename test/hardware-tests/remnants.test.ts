import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { partsOf } from '../../hardware-tests/remnants/dump.js';
import { toHalf } from '../../hardware-tests/remnants/half.js';
import { Needles } from '../../hardware-tests/remnants/needles.js';
import { searchFile, wholeFile } from '../../hardware-tests/remnants/search.js';
import type { Stage } from '../../hardware-tests/remnants/stage.js';

describe('the search for remnants', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-test-'));
  const file = join(folder, 'memory');
  after(() => {
    rmSync(folder, { recursive: true });
  });

  const frame: Stage = { name: 'frame', bytes: randomBytes(5000) };
  const scan: Stage = { name: 'scan', bytes: randomBytes(5000) };
  const needles = new Needles([frame, scan]);

  /** Bytes that continue none of the fragments. */
  const strange = (length: number) => Buffer.alloc(length, 0xee);

  async function foundIn(memory: Uint8Array, chunkLength?: number) {
    writeFileSync(file, memory);
    return (await searchFile(needles, file, [wholeFile(file)], chunkLength)).found;
  }

  const fragment = fc.record({
    from: fc.nat(4900),
    length: fc.integer({ min: 16, max: 64 }),
    before: fc.integer({ min: 0, max: 5000 }),
    chunkLength: fc.constantFrom(64, 256, 4096, 1 << 20),
  });

  it('finds 16 bytes of a stage and more, wherever they begin', async () => {
    await fc.assert(
      fc.asyncProperty(fragment, async ({ from, length, before, chunkLength }) => {
        const planted = frame.bytes.subarray(from, from + length);
        const memory = Buffer.concat([strange(before), planted, strange(100)]);
        const { frame: found, scan: other } = await foundIn(memory, chunkLength);
        assert(found && found.words >= 1 && found.words <= length / 8);
        const pages = [before, before + length - 1].map((at) => at - (at % 4096));
        assert(found.pages.every((page) => pages.includes(page)));
        assert.equal(other, undefined);
      }),
    );
  });

  it('finds 16 bytes at every place around the border of two chunks', async () => {
    for (let before = 40; before < 72; before++) {
      const memory = Buffer.concat([
        strange(before),
        frame.bytes.subarray(before, before + 16),
        strange(100),
      ]);
      assert((await foundIn(memory, 64)).frame, `${before} bytes before them`);
    }
  });

  it('finds no shorter run', async () => {
    await fc.assert(
      fc.asyncProperty(fragment, async ({ from, length, before }) => {
        // Whatever stands beside the fragment in the stage does not stand beside it here.
        const planted = frame.bytes.subarray(from, from + (length % 15));
        const memory = Buffer.concat([strange(before), planted, strange(100)]);
        const continued = [frame.bytes[from - 1], frame.bytes[from + planted.length]].includes(0xee);
        if (!continued) assert.deepEqual(await foundIn(memory), {});
      }),
    );
  });

  it('finds the same as a search that compares every run', async () => {
    const pieces = fc.array(
      fc.record({ from: fc.nat(4900), length: fc.integer({ min: 1, max: 40 }), gap: fc.nat(20) }),
      { minLength: 1, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(pieces, async (list) => {
        const memory = Buffer.concat(
          list.flatMap(({ from, length, gap }) => [
            randomBytes(gap),
            scan.bytes.subarray(from, from + length),
          ]),
        );
        const runs = Array.from({ length: scan.bytes.length - 15 }, (_, at) =>
          scan.bytes.subarray(at, at + 16),
        );
        const expected = runs.some((run) => memory.includes(Buffer.from(run)));
        assert.equal((await foundIn(memory)).scan !== undefined, expected);
      }),
      { numRuns: 50 },
    );
  });

  it('does not take the zeroes before a stage for a part of it', async () => {
    assert.deepEqual(await foundIn(Buffer.concat([Buffer.alloc(64), frame.bytes.subarray(0, 15)])), {});
  });

  it('finds a word that occurs with other bytes around it', async () => {
    const word = randomBytes(8);
    const [one, other] = [0, 1].map(() => Buffer.concat([randomBytes(8), word, randomBytes(8)]));
    const twice = new Needles([{ name: 'frame', bytes: Buffer.concat([one, other]) }]);
    writeFileSync(file, other);
    const { found } = await searchFile(twice, file, [wholeFile(file)]);
    assert.equal(found.frame?.words, 3);
  });

  it('says nothing of blank paper and black borders', async () => {
    const blank = Buffer.concat([
      Buffer.alloc(500, 0xfb),
      Buffer.alloc(500),
      Buffer.from('\x00\xff'.repeat(200), 'latin1'),
    ]);
    writeFileSync(file, blank);
    const { found } = await searchFile(new Needles([{ name: 'scan', bytes: blank }]), file, [
      wholeFile(file),
    ]);
    assert.deepEqual(found, {});
  });

  it('refuses a file that ends too soon', async () => {
    writeFileSync(file, Buffer.alloc(100));
    await assert.rejects(searchFile(needles, file, [{ offset: 0, length: 200, address: 0 }]), /shorter/);
  });

  it('searches the memory in an ELF core file, and names its addresses', async () => {
    // elf(5): a header of 64 bytes, then one entry of 56 bytes for a note and one for memory.
    const head = Buffer.alloc(64 + 2 * 56);
    head.write('\x7fELF\x02', 'latin1');
    head.writeBigUInt64LE(64n, 32);
    head.writeUInt16LE(56, 54);
    head.writeUInt16LE(2, 56);
    const entry = (at: number, type: number, [offset, address, length]: readonly number[]) => {
      head.writeUInt32LE(type, at);
      head.writeBigUInt64LE(BigInt(offset), at + 8);
      head.writeBigUInt64LE(BigInt(address), at + 24);
      head.writeBigUInt64LE(BigInt(length), at + 32);
    };
    const note = frame.bytes.subarray(0, 100);
    entry(64, 4, [head.length, 0, note.length]);
    entry(120, 1, [head.length + note.length, 0x100000, 8192]);
    const memory = Buffer.alloc(8192);
    memory.set(frame.bytes.subarray(1000, 1032), 4096 + 3);
    writeFileSync(file, Buffer.concat([head, note, memory]));
    const parts = partsOf(file);
    assert.deepEqual(parts, [{ offset: head.length + note.length, length: 8192, address: 0x100000 }]);
    const { found, searched } = await searchFile(needles, file, parts);
    assert.equal(searched, 8192);
    assert.deepEqual(found.frame?.pages, [0x101000]);
  });

  it('refuses what is no ELF file', () => {
    writeFileSync(file, Buffer.alloc(100));
    assert.throws(() => partsOf(file), /no ELF/);
  });
});

describe('half precision', () => {
  // IEEE 754 binary16: one sign bit, five of exponent, ten of fraction; ties to even.
  const known: readonly (readonly [number, number])[] = [
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [1 / 3, 0x3555],
    [1 + 2 ** -10, 0x3c01],
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [65504, 0x7bff],
    [65519, 0x7bff],
    [65520, 0x7c00],
    [1e30, 0x7c00],
    [-Infinity, 0xfc00],
    [NaN, 0x7e00],
    [2 ** -14, 0x0400],
    [2 ** -14 - 2 ** -24, 0x03ff],
    [2 ** -24, 0x0001],
    [2 ** -25, 0x0000],
    [3 * 2 ** -25, 0x0002],
    [1e-30, 0x0000],
  ];

  it('is rounded to as the standard has it', () => {
    for (const [value, bits] of known)
      assert.equal(toHalf(Float32Array.of(value))[0].toString(16), bits.toString(16), String(value));
  });
});
