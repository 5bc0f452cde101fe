import assert from 'node:assert/strict';
import { crc32 } from 'node:zlib';

import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import { decode } from '../../appliance/face/decode.js';
import type { RgbImage } from '../../appliance/face/image.js';
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

/** Left half of the first colour, right half of the second. */
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
    // Orientation 6: the camera lay on its side, the first row is the right-hand edge.
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

  it('lays transparent parts on white, whatever colour hides beneath', async () => {
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

  it('shrinks to the side asked for and never enlarges', async () => {
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

  it('refuses what is no picture', async () => {
    assert.equal(await refusal(new Uint8Array()), 'unreadable-image');
    assert.equal(await refusal(Buffer.from('a text file, and no picture at all\n')), 'unreadable-image');
    assert.equal(
      await refusal(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')),
      'unreadable-image',
    );
    assert.equal(await refusal(Buffer.from('%PDF-1.7')), 'unreadable-image');
  });

  it('refuses half a picture, even one that was closed as if it were whole', async () => {
    const photograph = samplePicture(2);
    const half = photograph.subarray(0, photograph.length / 2);
    assert.equal(await refusal(half), 'unreadable-image');
    assert.equal(await refusal(Buffer.concat([half, Buffer.from([0xff, 0xd9])])), 'unreadable-image');
    const png = await halves('#c83214', '#1432c8', 640, 480).png({ compressionLevel: 0 }).toBuffer();
    assert.equal(await refusal(png.subarray(0, png.length / 2)), 'unreadable-image');
  });

  it('reads a JPEG with stray bytes before its end, as cheap cameras send', async () => {
    const photograph = samplePicture(2);
    await decoded(
      Buffer.concat([photograph.subarray(0, -2), Buffer.from([0, 0, 0]), photograph.subarray(-2)]),
    );
  });

  it('refuses 20,000 pixels in a row, and too many in all, before decoding them', async () => {
    const wide = await sharp({ create: { width: 20_000, height: 4, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    assert.equal(await refusal(wide), 'image-too-large');
    const bomb = await sharp({ create: { width: 9, height: 9, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    // Says in its header that it is 15,000 pixels wide and high; the header's check sum follows it.
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
