import assert from 'node:assert/strict';

import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import { wholeJpeg } from '../../../appliance/face/jpeg/whole.js';
import { samplePicture } from '../samples.js';
import { greyBlocks } from './blocks.js';

const endMarker = Buffer.of(0xff, 0xd9);
const values = fc.array(fc.nat(255), { minLength: 1, maxLength: 60 });
const restartInterval = fc.nat(9);
/** Neither a marker nor the beginning of one. */
const junk = fc.uint8Array({ max: 0xfe, minLength: 1, maxLength: 4 });

function scanOf(jpeg: Buffer): number {
  const header = jpeg.lastIndexOf(Buffer.of(0xff, 0xda));
  return header + 2 + jpeg.readUInt16BE(header + 2);
}

/** The grey value of each block, as libjpeg decodes it. */
async function blocksOf(jpeg: Uint8Array): Promise<number[]> {
  const { data, info } = await sharp(jpeg, { failOn: 'error' }).raw().toBuffer({ resolveWithObject: true });
  return Array.from(
    { length: info.height / 8 },
    (_, i) => data[((8 * i + 4) * info.width + 4) * info.channels],
  );
}

describe('whether a JPEG is whole', () => {
  it('does not depend on extra bytes before a restart marker, and libjpeg decodes the same picture', async () => {
    await fc.assert(
      fc.asyncProperty(values, fc.integer({ min: 1, max: 9 }), junk, async (blocks, interval, stray) => {
        const jpeg = greyBlocks(blocks, {
          restartInterval: interval,
          stray: (restart) => (restart % 2 === 0 ? [...stray] : []),
        });
        const whole = wholeJpeg(jpeg);
        assert.ok(whole.ok);
        assert.deepEqual(await blocksOf(whole.value), blocks);
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on the end marker, or on what follows the last block', async () => {
    await fc.assert(
      fc.asyncProperty(values, restartInterval, fc.option(junk), async (blocks, interval, after) => {
        const jpeg = greyBlocks(blocks, { restartInterval: interval });
        const whole = wholeJpeg(Buffer.concat([jpeg.subarray(0, -2), after ?? Buffer.alloc(0)]));
        assert.ok(whole.ok);
        if (!after) assert.deepEqual(Buffer.from(whole.value), jpeg);
        assert.deepEqual(await blocksOf(whole.value), blocks);
      }),
      { numRuns: 50 },
    );
  });

  it('is false if a single byte is missing at the end, with or without an end marker', () => {
    fc.assert(
      fc.property(values, restartInterval, fc.nat(), fc.boolean(), (blocks, interval, cut, closed) => {
        const jpeg = greyBlocks(blocks, { restartInterval: interval });
        const from = scanOf(jpeg);
        const short = jpeg.subarray(0, from + (cut % (jpeg.length - 2 - from)));
        assert.deepEqual(wholeJpeg(closed ? Buffer.concat([short, endMarker]) : short), {
          ok: false,
          error: 'short',
        });
      }),
    );
  });

  it('is false if a byte is missing between two restart markers', () => {
    const blocks = Array.from({ length: 12 }, (_, i) => 20 * i);
    const jpeg = greyBlocks(blocks, { restartInterval: 2 });
    const second = jpeg.indexOf(Buffer.of(0xff, 0xd1));
    const lacking = Buffer.concat([jpeg.subarray(0, second - 1), jpeg.subarray(second)]);
    assert.deepEqual(wholeJpeg(lacking), { ok: false, error: 'short' });
    const withoutMarker = Buffer.concat([jpeg.subarray(0, second), jpeg.subarray(second + 2)]);
    assert.deepEqual(wholeJpeg(withoutMarker), { ok: false, error: 'short' });
  });

  for (const [kind, encode] of Object.entries({
    baseline: (picture) => picture.jpeg(),
    'without subsampling': (picture) => picture.jpeg({ chromaSubsampling: '4:4:4', quality: 95 }),
    grey: (picture) => picture.greyscale().jpeg(),
    CMYK: (picture) => picture.toColourspace('cmyk').jpeg(),
    progressive: (picture) => picture.jpeg({ progressive: true }),
    'progressive, of other scans': (picture) => picture.jpeg({ mozjpeg: true, quality: 90 }),
  } satisfies Record<string, (picture: Sharp) => Sharp>)) {
    it(`is true for a photograph that libjpeg wrote, and false for every part of it: ${kind}`, async () => {
      const jpeg = await encode(sharp(samplePicture(2)).resize(201, 133)).toBuffer();
      assert.ok(wholeJpeg(jpeg).ok);
      assert.ok(wholeJpeg(jpeg.subarray(0, -2)).ok);
      fc.assert(
        fc.property(fc.nat(), fc.boolean(), (at, closed) => {
          const short = jpeg.subarray(0, at % (jpeg.length - 2));
          assert.ok(!wholeJpeg(closed ? Buffer.concat([short, endMarker]) : short).ok);
        }),
        { numRuns: 300 },
      );
    });
  }

  it('is unclear with samples of 12 bits, arithmetic coding, a lossless or a hierarchical frame', () => {
    const jpeg = greyBlocks([1, 2, 3], { restartInterval: 0 });
    const frame = jpeg.indexOf(Buffer.of(0xff, 0xc0));
    assert.ok(wholeJpeg(jpeg).ok);
    // ITU-T T.81, table B.1: SOF9, SOF3 and SOF5; B.2.2: the precision is behind marker and length.
    for (const [offset, value] of [
      [4, 12],
      [1, 0xc9],
      [1, 0xc3],
      [1, 0xc5],
    ]) {
      const other = Buffer.from(jpeg);
      other[frame + offset] = value;
      assert.deepEqual(wholeJpeg(other), { ok: false, error: 'unclear' });
    }
  });

  it('never throws, whatever the bytes', () => {
    const jpeg = greyBlocks([1, 2, 3, 250, 0, 9], { restartInterval: 2 });
    const changed = fc
      .array(fc.tuple(fc.nat(jpeg.length - 1), fc.nat(255)), { maxLength: 12 })
      .map((changes) => {
        const copy = Buffer.from(jpeg);
        for (const [at, value] of changes) copy[at] = value;
        return copy;
      });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 300 }), changed), (bytes) => {
        const whole = wholeJpeg(bytes);
        assert.ok(whole.ok || ['short', 'unclear'].includes(whole.error));
      }),
      { numRuns: 1000 },
    );
  });
});
