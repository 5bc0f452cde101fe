import assert from 'node:assert/strict';

import fc from 'fast-check';
import sharp from 'sharp';

import { JpegStream, longestPicture, type BrokenPicture } from '../../appliance/camera/jpeg-stream.js';
import type { Result } from '../../appliance/result.js';

const noise = async (width: number, height: number): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: 'gray',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .jpeg()
    .toBuffer();

/** A picture with a whole smaller one inside its EXIF segment, as cameras make them. */
const withThumbnail = (picture: Buffer, thumbnail: Buffer): Buffer => {
  const segment = Buffer.concat([Buffer.from('Exif\0\0'), thumbnail]);
  const head = Buffer.of(0xff, 0xd8, 0xff, 0xe1, (segment.length + 2) >> 8, (segment.length + 2) & 0xff);
  return Buffer.concat([head, segment, picture.subarray(2)]);
};

/** Nothing that could be shown, but every kind of marker a walker may meet. */
const everyMarker = Buffer.from(
  'ffd8 ffe0 0004 ffd9 ffff fe00 03d9 ff01 ffda 0003 d9 12 ff00 34 ffd0 56 ffd7 ffff d9'.replaceAll(' ', ''),
  'hex',
);

const cutAnywhere = (bytes: Buffer, cuts: readonly number[]): Buffer[] => {
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  return edges.slice(1).map((end, index) => bytes.subarray(edges[index], end));
};

const feed = (stream: JpegStream, chunks: readonly Buffer[]): Result<Uint8Array, BrokenPicture>[] =>
  chunks.flatMap((chunk) => [...stream.take(chunk)]);

const whole = (results: readonly Result<Uint8Array, BrokenPicture>[]): Buffer[] =>
  results.flatMap((result) => (result.ok ? [Buffer.from(result.value)] : []));

describe('a stream of JPEG pictures', () => {
  let pictures: Buffer[];

  before(async () => {
    const [large, small] = await Promise.all([noise(320, 240), noise(32, 24)]);
    const progressive = await sharp(large).jpeg({ progressive: true }).toBuffer();
    pictures = [large, small, progressive, withThumbnail(large, small), everyMarker];
  });

  it('comes apart into the same pictures wherever its bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ picture: fc.nat(4), padding: fc.nat(3) }), { maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 40 }),
        (sequence, cuts) => {
          const sent = sequence.map(({ picture }) => pictures[picture]);
          const bytes = sequence.flatMap(({ padding }, i) => [sent[i], Buffer.alloc(padding)]);
          const stream = new JpegStream();
          assert.deepEqual(whole(feed(stream, cutAnywhere(Buffer.concat(bytes), cuts))), sent);
          assert.equal(stream.unfinished, false);
        },
      ),
    );
  });

  it('comes apart when it arrives byte by byte', () => {
    const bytes = Buffer.concat([pictures[3], pictures[1]]);
    const single = Array.from(bytes, (byte) => Buffer.of(byte));
    assert.deepEqual(whole(feed(new JpegStream(), single)), [pictures[3], pictures[1]]);
  });

  it('reports a picture that was cut short, and loses no other', () => {
    const large = pictures[0];
    const scan = large.lastIndexOf(Buffer.of(0xff, 0xda)) + 14;
    fc.assert(
      fc.property(fc.integer({ min: scan, max: large.length - 3 }), fc.array(fc.nat()), (cut, cuts) => {
        const bytes = Buffer.concat([large.subarray(0, cut), pictures[1], pictures[2]]);
        const [first, ...others] = feed(new JpegStream(), cutAnywhere(bytes, cuts));
        assert.deepEqual(first, { ok: false, error: 'broken-picture' });
        assert.deepEqual(whole(others), [pictures[1], pictures[2]]);
      }),
    );
  });

  it('ends a picture that has no end marker where the next one starts, and gives it one', () => {
    const shown = [0, 1, 2, 3];
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...shown), fc.boolean()), { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(), { maxLength: 20 }),
        (sequence, cuts) => {
          const bytes = sequence.map(([picture, closed]) =>
            pictures[picture].subarray(0, closed ? undefined : -2),
          );
          const next = pictures[1];
          assert.deepEqual(
            whole(feed(new JpegStream(), cutAnywhere(Buffer.concat([...bytes, next]), cuts))),
            [...sequence.map(([picture]) => pictures[picture]), next],
          );
        },
      ),
    );
  });

  it('finds its way back after a picture that was cut anywhere', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.nat(), fc.array(fc.nat()), (index, cut, cuts) => {
        const picture = pictures[index];
        const half = picture.subarray(0, cut % picture.length);
        // A segment's length, cut in half, may swallow some of what follows.
        const bytes = Buffer.concat([half, ...Array.from({ length: 8 }, () => pictures[0])]);
        assert.deepEqual(whole(feed(new JpegStream(), cutAnywhere(bytes, cuts))).at(-1), pictures[0]);
      }),
    );
  });

  it('says that it stands in the middle of a picture', () => {
    const stream = new JpegStream();
    feed(stream, [pictures[0].subarray(0, 1000)]);
    assert.equal(stream.unfinished, true);
  });

  it('takes any bytes, and finds the picture that follows them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), (bytes) => {
        const stream = new JpegStream();
        const junk = Buffer.from(bytes.map((byte) => (byte === 0xff ? 0xfe : byte)));
        const results = feed(stream, [junk, pictures[0]]);
        assert.deepEqual(whole(results), [pictures[0]]);
        assert.equal(results.length, junk.some((byte) => byte !== 0) ? 2 : 1);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 }), (chunks) => {
        feed(
          new JpegStream(),
          chunks.map((chunk) => Buffer.from(chunk)),
        );
      }),
    );
  });

  it('gives up on a picture that never ends', () => {
    const stream = new JpegStream();
    const endless = Buffer.alloc(1024 * 1024, 0x55);
    feed(stream, [pictures[0].subarray(0, 1000)]);
    const results = feed(
      stream,
      Array.from({ length: longestPicture / endless.length + 1 }, () => endless),
    );
    assert.deepEqual(results, [{ ok: false, error: 'broken-picture' }]);
    assert.deepEqual(whole(feed(stream, [pictures[1]])), [pictures[1]]);
  });
});
