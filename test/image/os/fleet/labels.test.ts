import assert from 'node:assert/strict';

import fc from 'fast-check';
import jsqr from 'jsqr';
import sharp from 'sharp';

import type { Box } from '../../../../image/os/fleet/boxes.js';
import { labelCode, labelLines, labelsPage, labelsText } from '../../../../image/os/fleet/labels.js';

const image = { name: 'terashi-0.1.0-rpi5.img.xz', sha256: '0123456789abcdef'.repeat(4) };
const box = (name: string, serial?: string): Box => ({ name, serial, toml: '', files: [] });

/** What jsQR, a decoder of its own, reads from a drawn code. */
async function decoded(svg: string): Promise<string | undefined> {
  const { data, info } = await sharp(Buffer.from(svg), { density: 600 })
    .resize(600, 600, { kernel: 'nearest' })
    .flatten({ background: 'white' })
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const found = jsqr.default(new Uint8ClampedArray(data), info.width, info.height);
  // The bytes: without an ECI a reader has to guess their encoding.
  return found
    ? new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(found.binaryData))
    : undefined;
}

describe('a label', () => {
  it('says the box, its serial number, the image and its hash', () => {
    assert.deepEqual(labelLines(box('甲州市 1番窓口', 'T-0001'), image), [
      '照らし Terashi',
      '甲州市 1番窓口',
      '製造番号 Serial: T-0001',
      'terashi-0.1.0-rpi5.img.xz',
      `SHA-256: ${image.sha256}`,
    ]);
    assert.equal(labelLines(box('甲州市 1番窓口'), image).length, 4);
  });

  it('says the same in its QR code', async () => {
    for (const labelled of [
      box('甲州市 1番窓口', 'T-0001'),
      box('A B'),
      box('䯂'.repeat(40) + ' ' + '龠'.repeat(40), 'x'.repeat(40)),
    ]) {
      const lines = labelLines(labelled, image);
      assert.equal(await decoded(labelCode(lines)), lines.join('\n'));
    }
    const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(text, async (name) => {
        const lines = labelLines(box(name), image);
        assert.equal(await decoded(labelCode(lines)), lines.join('\n'));
      }),
      { numRuns: 15 },
    );
  });

  it('is there in plain text, and on a page in which no name can add anything', () => {
    const boxes = [box('甲州市 1番窓口', 'T-0001'), box('A&B <script> #1%20', '<b>')];
    assert.equal(
      labelsText(boxes, image),
      `${boxes.map((each) => labelLines(each, image).join('\n')).join('\n\n')}\n`,
    );
    const page = labelsPage(boxes, image);
    assert.equal([...page.matchAll(/<figure>/g)].length, 2);
    assert.match(page, /<p>A&amp;B &lt;script&gt; #1%20<\/p>/);
    assert.doesNotMatch(page, /<script|<b>/);
    assert.match(page, /src="labels\/A%26B%20%3Cscript%3E%20%231%2520\.svg"/);
    assert.match(page, /size: A4/);
  });
});
