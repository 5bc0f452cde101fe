import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';

import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import { decode } from '../../appliance/face/decode.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { greyBlocks } from './jpeg/blocks.js';
import { samplePicture } from './samples.js';

async function decoded(encoded: Uint8Array, fit?: number): Promise<RgbImage> {
  const picture = await decode(encoded, fit);
  assert.ok(picture.ok, picture.ok ? '' : picture.error);
  assert.equal(picture.value.data.length, picture.value.width * picture.value.height * 3);
  return picture.value;
}

async function refusal(encoded: Uint8Array): Promise<string> {
  const picture = await decode(encoded);
  assert.ok(!picture.ok, 'it was decoded');
  return picture.error;
}

function pixel(image: RgbImage, x: number, y: number): number[] {
  return [...image.data.subarray((y * image.width + x) * 3, (y * image.width + x) * 3 + 3)];
}

/** The left half has the first colour, the right half the second. */
function halves(left: string, right: string, width = 64, height = 32): Sharp {
  const half = { create: { width: width / 2, height, channels: 4 as const, background: right } };
  return sharp({ create: { width, height, channels: 4, background: left } }).composite([
    { input: half, left: width / 2, top: 0 },
  ]);
}

function assertColour(actual: number[], expected: number[], tolerance = 3): void {
  assert.ok(
    actual.every((value, i) => Math.abs(value - expected[i]) <= tolerance),
    `${actual.join()} is not ${expected.join()}`,
  );
}

describe('decoding', () => {
  it('gives RGB samples row by row', async () => {
    const image = await decoded(await halves('#c83214', '#1432c8').png().toBuffer());
    assert.deepEqual([image.width, image.height], [64, 32]);
    assert.deepEqual(pixel(image, 3, 30), [0xc8, 0x32, 0x14]);
    assert.deepEqual(pixel(image, 60, 2), [0x14, 0x32, 0xc8]);
  });

  for (const format of ['jpeg', 'webp', 'gif', 'tiff', 'avif'] as const) {
    it(`reads ${format}`, async () => {
      const image = await decoded(await halves('#c83214', '#1432c8').flatten().toFormat(format).toBuffer());
      assertColour(pixel(image, 3, 30), [0xc8, 0x32, 0x14], 12);
      assertColour(pixel(image, 60, 2), [0x14, 0x32, 0xc8], 12);
    });
  }

  it('turns the picture upright by its EXIF tag', async () => {
    // Orientation 6: the first row is the right-hand edge.
    const image = await decoded(
      await halves('#ff0000', '#0000ff').withMetadata({ orientation: 6 }).png().toBuffer(),
    );
    assert.deepEqual([image.width, image.height], [32, 64]);
    assert.deepEqual(pixel(image, 16, 5), [255, 0, 0]);
    assert.deepEqual(pixel(image, 16, 60), [0, 0, 255]);
  });

  it('makes three 8-bit channels of grey, 16-bit and CMYK pictures', async () => {
    const grey = await decoded(await halves('#404040', '#c0c0c0').toColourspace('b-w').png().toBuffer());
    assertColour(pixel(grey, 3, 3), [0x40, 0x40, 0x40]);

    const deep = await halves('#c83214', '#1432c8').toColourspace('rgb16').png().toBuffer();
    assert.equal((await sharp(deep).metadata()).depth, 'ushort');
    assertColour(pixel(await decoded(deep), 60, 3), [0x14, 0x32, 0xc8]);

    const deepGrey = await sharp(new Uint16Array(64 * 64).fill(0x8080), {
      raw: { width: 64, height: 64, channels: 1 },
    })
      .toColourspace('grey16')
      .png()
      .toBuffer();
    assert.equal((await sharp(deepGrey).metadata()).depth, 'ushort');
    assertColour(pixel(await decoded(deepGrey), 3, 3), [0x80, 0x80, 0x80]);

    const printed = await halves('#808080', '#ffffff').flatten().toColourspace('cmyk').jpeg().toBuffer();
    assert.equal((await sharp(printed).metadata()).channels, 4);
    const image = await decoded(printed);
    assertColour(pixel(image, 3, 3), [0x80, 0x80, 0x80], 20);
    assertColour(pixel(image, 60, 3), [255, 255, 255], 6);
  });

  it('draws transparent parts on white, whatever colour they hide', async () => {
    const image = await decoded(await halves('rgba(0, 0, 0, 0)', 'rgba(255, 0, 0, 1)').png().toBuffer());
    assert.deepEqual(pixel(image, 3, 3), [255, 255, 255]);
    assert.deepEqual(pixel(image, 60, 3), [255, 0, 0]);
  });

  for (const format of ['gif', 'webp'] as const) {
    it(`takes the first picture of an animated ${format}`, async () => {
      const frames = [halves('#ff0000', '#ff0000'), halves('#0000ff', '#0000ff')].map((f) =>
        f.png().toBuffer(),
      );
      const animation = sharp(await Promise.all(frames), { join: { animated: true } });
      const encoded = await animation.toFormat(format).toBuffer();
      assert.equal((await sharp(encoded).metadata()).pages, 2);
      const image = await decoded(encoded);
      assert.deepEqual([image.width, image.height], [64, 32]);
      assertColour(pixel(image, 3, 3), [255, 0, 0], 6);
    });
  }

  it('scales down to the requested side and never enlarges', async () => {
    const photograph = samplePicture(1);
    assert.deepEqual(await sizeOf(photograph, 640), [640, 427]);
    assert.deepEqual(await sizeOf(photograph, 4000), [1920, 1280]);
    const standing = await sharp(photograph).withMetadata({ orientation: 8 }).toBuffer();
    assert.deepEqual(await sizeOf(standing, 640), [427, 640]);
  });

  it('reads one pixel', async () => {
    const image = await decoded(
      await sharp(Buffer.from([1, 2, 3]), { raw: { width: 1, height: 1, channels: 3 } })
        .png()
        .toBuffer(),
    );
    assert.deepEqual(pixel(image, 0, 0), [1, 2, 3]);
  });

  it('refuses a file that is not a picture', async () => {
    assert.equal(await refusal(new Uint8Array()), 'unreadable-image');
    assert.equal(await refusal(Buffer.from('a text file, and no picture at all\n')), 'unreadable-image');
    assert.equal(
      await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
      'unreadable-image',
    );
    assert.equal(await refusal(Buffer.from('%PDF-1.7')), 'unreadable-image');
  });

  it('refuses half a picture, even with an end marker', async () => {
    const photograph = samplePicture(2);
    const half = photograph.subarray(0, photograph.length / 2);
    assert.equal(await refusal(half), 'unreadable-image');
    assert.equal(await refusal(Buffer.concat([half, Buffer.from([0xff, 0xd9])])), 'unreadable-image');
    const png = await halves('#c83214', '#1432c8', 640, 480).png({ compressionLevel: 0 }).toBuffer();
    assert.equal(await refusal(png.subarray(0, png.length / 2)), 'unreadable-image');
  });

  describe('a JPEG that makes libjpeg only warn', () => {
    // libjpeg reads a few bytes ahead and does not warn of those. Its warnings in the last lines go unnoticed.
    const blocks = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 10 + i : 200));

    it('is read despite extra bytes before each restart marker, and gives the same picture', async () => {
      const plain = await decoded(greyBlocks(blocks, { restartInterval: 1 }));
      const jpeg = greyBlocks(blocks, {
        restartInterval: 1,
        stray: () => Array.from({ length: 12 }, () => 0x2a),
      });
      await assert.rejects(sharp(jpeg, { failOn: 'warning' }).raw().toBuffer(), /extraneous bytes/);
      assert.deepEqual(await decoded(jpeg), plain);
      assert.deepEqual(pixel(plain, 4, 12), [200, 200, 200]);
    });

    for (const [kind, change] of Object.entries({
      'bytes too many before its end': (jpeg) => spliced(jpeg, jpeg.length - 2, 0, [0, 0, 0]),
      'bytes too many between two segments': (jpeg) => spliced(jpeg, segment(jpeg, 0xc0), 0, [1, 2, 3]),
      'no end marker': (jpeg) => jpeg.subarray(0, -2),
      'no end marker, and zeros instead': (jpeg) => Buffer.concat([jpeg.subarray(0, -2), Buffer.alloc(9)]),
      'something behind its end': (jpeg) => Buffer.concat([jpeg, Buffer.from('trailer\xff\xd8', 'latin1')]),
      'a scan header for no coefficients': (jpeg) => {
        const header = segment(jpeg, 0xda);
        return spliced(jpeg, header + 2 + jpeg.readUInt16BE(header + 2) - 2, 1, [0]);
      },
      'an unknown revision of JFIF': (jpeg) =>
        spliced(jpeg, 2, 0, [0xff, 0xe0, 0, 16, ...Buffer.from('JFIF\0'), 9, 9, 0, 0, 1, 0, 1, 0, 0]),
      'an unknown transform of colours': (jpeg) =>
        spliced(jpeg, 2, 0, [0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 7]),
      'a broken EXIF segment': (jpeg) =>
        spliced(jpeg, 2, 0, [0xff, 0xe1, 0, 12, ...Buffer.from('Exif\0\0'), 1, 2, 3, 4]),
    } satisfies Record<string, (jpeg: Buffer) => Buffer>)) {
      it(`is read with ${kind}`, async () => {
        const jpeg = await sharp(samplePicture(2)).resize(320).jpeg().toBuffer();
        const plain = await decoded(jpeg);
        assert.deepEqual(await decoded(change(jpeg)), plain);
      });
    }

    it('is read without Huffman tables, with the typical ones of the standard', async () => {
      const jpeg = await sharp(samplePicture(2)).resize(320).jpeg({ optimiseCoding: false }).toBuffer();
      let bare: Buffer = jpeg;
      for (let at = segment(bare, 0xc4); at > 0; at = segment(bare, 0xc4))
        bare = spliced(bare, at, 2 + bare.readUInt16BE(at + 2), []);
      assert.deepEqual(await decoded(bare), await decoded(jpeg));
    });
  });

  for (const format of ['jpeg', 'png', 'webp', 'gif', 'tiff', 'avif'] as const) {
    it(`refuses ${format} that ends early, at any byte`, async () => {
      const encoded = await sharp(samplePicture(2)).resize(160).toFormat(format).toBuffer();
      for (let percent = 10; percent < 100; percent++) {
        const short = encoded.subarray(0, Math.floor((encoded.length * percent) / 100));
        assert.equal(await refusal(short), 'unreadable-image', `${percent} %`);
      }
    });
  }

  for (const [kind, options] of Object.entries({
    baseline: {},
    'without subsampling': { chromaSubsampling: '4:4:4', quality: 95 },
    progressive: { progressive: true },
  })) {
    it(`refuses a JPEG that was cut and then closed, up to its last lines: ${kind}`, async () => {
      const jpeg = await sharp(samplePicture(2)).resize(160).jpeg(options).toBuffer();
      const cuts = Array.from({ length: 90 }, (_, i) => Math.floor((jpeg.length * (10 + i)) / 100));
      for (const cut of [...cuts, jpeg.length - 20, jpeg.length - 3]) {
        const closed = Buffer.concat([jpeg.subarray(0, cut), Buffer.of(0xff, 0xd9)]);
        assert.equal(await refusal(closed), 'unreadable-image', `${cut} of ${jpeg.length}`);
      }
    });
  }

  it('reads PNG whose ancillary chunks are damaged, and refuses it where the picture is', async () => {
    const png = await halves('#c83214', '#1432c8').png().toBuffer();
    const plain = await decoded(png);
    const chunk = (type: string, body: string, damage: number): Buffer => {
      const bytes = Buffer.from(`\0\0\0${String.fromCharCode(body.length)}${type}${body}\0\0\0\0`, 'latin1');
      bytes.writeUInt32BE((crc32(bytes.subarray(4, -4)) ^ damage) >>> 0, bytes.length - 4);
      return bytes;
    };
    const behindHeader = 33;
    for (const extra of [
      chunk('tEXt', 'a\0b', 1),
      chunk('iCCP', 'a\0\0nonsense', 0),
      chunk('gAMA', '\0\0\0\0', 0),
      chunk('acTL', '\0\0\0\x02\0\0\0\0', 0),
    ]) {
      assert.deepEqual(await decoded(spliced(png, behindHeader, 0, [...extra])), plain);
    }
    const data = png.indexOf('IDAT');
    assert.equal(await refusal(spliced(png, data + 10, 1, [png[data + 10] ^ 0x10])), 'unreadable-image');
  });

  for (const brand of ['mif1', 'miaf', 'MA1B', 'msf1']) {
    it(`reads AVIF with the major brand ${brand}`, async () => {
      const avif = await halves('#c83214', '#1432c8').flatten().avif().toBuffer();
      const plain = await decoded(avif);
      assert.ok(avif.subarray(16, avif.readUInt32BE()).includes('avif'));
      assert.deepEqual(await decoded(spliced(avif, 8, 4, [...Buffer.from(brand)])), plain);
    });
  }

  it('refuses rows of 20,000 pixels, and too many pixels in total, before decoding', async () => {
    const wide = await sharp({ create: { width: 20_000, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    assert.equal(await refusal(wide), 'image-too-large');
    const bomb = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    // The header claims 15,000 pixels in width and height; its checksum follows it.
    bomb.writeUInt32BE(15_000, 16);
    bomb.writeUInt32BE(15_000, 20);
    bomb.writeUInt32BE(crc32(bomb.subarray(12, 29)), 29);
    assert.equal(await refusal(bomb), 'image-too-large');
  });

  it('never throws, whatever the bytes', async () => {
    const heads = [samplePicture(3).subarray(0, 700), await halves('red', 'blue').png().toBuffer()].map(
      (b) => [...b],
    );
    const damaged = fc
      .tuple(fc.constantFrom(...heads), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 20 }))
      .map(([bytes, changes]) => {
        const copy = Uint8Array.from(bytes);
        for (const [at, value] of changes) copy[at % copy.length] = value;
        return copy;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), damaged), async (bytes) => {
        const picture = await decode(bytes);
        if (picture.ok)
          assert.equal(picture.value.data.length, picture.value.width * picture.value.height * 3);
        else assert.ok(['unreadable-image', 'image-too-large'].includes(picture.error));
      }),
      { numRuns: 200 },
    );
  });
});

async function sizeOf(encoded: Uint8Array, fit: number): Promise<number[]> {
  const image = await decoded(encoded, fit);
  return [image.width, image.height];
}

/** A copy of the bytes with some replaced from this offset on. */
function spliced(bytes: Buffer, at: number, count: number, others: readonly number[]): Buffer {
  return Buffer.concat([bytes.subarray(0, at), Buffer.from(others), bytes.subarray(at + count)]);
}

/** The offset of a JPEG's first segment of this kind, -1 if there is none. */
function segment(jpeg: Buffer, code: number): number {
  for (let at = 2; at < jpeg.length; at += 2 + jpeg.readUInt16BE(at + 2)) {
    if (jpeg[at + 1] === code) return at;
    if (jpeg[at + 1] === 0xda) return -1;
  }
  return -1;
}
