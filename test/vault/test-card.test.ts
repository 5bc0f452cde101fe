import assert from 'node:assert/strict';
import { join } from 'node:path';

import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import type { RgbImage } from '../../appliance/face/image.js';
import { installation } from '../../appliance/installation.js';
import { cardScanned, cardViewed } from '../../appliance/protocol/vault.js';
import { measureScan, measureView } from '../../appliance/vault/test-card/measure.js';
import { patches } from '../../appliance/protocol/test-card.js';
import { drawTestCard, testCardPdf } from '../../image/practice/test-card.js';
import type { Page } from '../../appliance/scanner/scanner.js';

const paper = '#fbfbfa';

describe('the test card', () => {
  let drawn: Buffer;
  before(async () => (drawn = await drawTestCard(200)));

  /** The card on a glass of A5, as a scanner of 200 dpi would see it after some change. */
  async function scanned(degrees = 0, change: (page: Sharp) => Sharp = (page) => page): Promise<Page> {
    const laid = await sharp(await sharp(drawn).rotate(degrees, { background: paper }).png().toBuffer())
      .png()
      .toBuffer({ resolveWithObject: true });
    const glass = {
      width: Math.max(1165, laid.info.width + 40),
      height: Math.max(1654, laid.info.height + 40),
    };
    const page = await sharp({ create: { ...glass, channels: 3, background: paper } })
      .composite([{ input: laid.data, left: 20, top: 30 }])
      .png()
      .toBuffer();
    const { data, info } = await change(sharp(page))
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return {
      data,
      width: info.width,
      height: info.height,
      channels: info.channels as 1 | 3,
      resolution: 200,
    };
  }

  /** The card in the hand before a camera, so many pixels a millimetre large, in a grey room. */
  async function viewed(perMillimetre: number, blur: number, degrees = 3): Promise<RgbImage> {
    const held = await sharp(drawn)
      .resize(Math.round(96 * perMillimetre))
      .png()
      .toBuffer();
    const turned = await sharp(held).rotate(degrees, { background: '#6b6b70' }).png().toBuffer();
    const room = await sharp({ create: { width: 1280, height: 960, channels: 3, background: '#6b6b70' } })
      .composite([{ input: turned, left: 300, top: 40 }])
      .png()
      .toBuffer();
    const { data, info } = await sharp(room)
      .blur(blur)
      .linear(0.7, 15)
      .removeAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { data, width: info.width, height: info.height };
  }

  it('is found however it lies, with its true lengths and colours', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 359 }), async (degrees) => {
        const seen = cardScanned.parse(await measureScan(await scanned(degrees)));
        assert.ok(Math.abs(seen.widthTenths - 800) <= 4, `${degrees}: ${seen.widthTenths}`);
        assert.ok(Math.abs(seen.heightTenths - 1200) <= 6, `${degrees}: ${seen.heightTenths}`);
        assert.ok(Math.max(...seen.differences) <= 3, `${degrees}: ${seen.differences.join(' ')}`);
      }),
      { numRuns: 8, examples: [[0], [90], [180], [270]] },
    );
  });

  it('shows colours that are changed over, lost, or pale', async () => {
    const worst = async (change: (page: Sharp) => Sharp) =>
      Math.max(...((await measureScan(await scanned(2, change)))?.differences ?? []));
    const changedOver = (page: Sharp) =>
      page.recomb([
        [0, 0, 1],
        [0, 1, 0],
        [1, 0, 0],
      ]);
    assert.ok((await worst(changedOver)) > 80);
    assert.ok((await worst((page) => page.greyscale())) > 60);
    assert.ok((await worst((page) => page.linear(0.5, 120))) > 30);
  });

  it('takes the paper for white, whatever its tint', async () => {
    const seen = await measureScan(await scanned(1, (page) => page.linear([0.93, 0.9, 0.8], [0, 0, 0])));
    assert.ok(seen && Math.max(...seen.differences) <= 4, seen?.differences.join(' '));
  });

  it('shows a scale that is wrong, one way or both', async () => {
    const page = await scanned();
    const both = await measureScan({ ...page, resolution: 206 });
    assert.ok(both && Math.abs(both.widthTenths - 777) <= 3 && Math.abs(both.heightTenths - 1165) <= 4);
    const { data, info } = await sharp(page.data, {
      raw: { width: page.width, height: page.height, channels: 3 },
    })
      .resize(page.width, Math.round(page.height * 1.03), { fit: 'fill' })
      .raw()
      .toBuffer({ resolveWithObject: true });
    const one = await measureScan({ ...page, data, height: info.height });
    assert.ok(one && Math.abs(one.widthTenths - 800) <= 3 && Math.abs(one.heightTenths - 1236) <= 4);
  });

  it('shows how soft a picture is: 10 to 90 % of a Gaussian edge are 2.56 of its deviations', async () => {
    const rises: number[] = [];
    for (const blur of [0.5, 1, 2]) {
      const seen = cardViewed.parse(await measureView(await viewed(3, blur)));
      assert.ok(Math.abs(seen.pixels - 288) <= 4, `${seen.pixels}`);
      rises.push(seen.riseTenths / 10);
    }
    assert.ok(rises[0] < rises[1] && rises[1] < rises[2], rises.join(' '));
    // Beside the blur, the card was scaled and turned, and pixels have a width.
    assert.ok(Math.abs(Math.hypot(2.56 * 2, 1.3) - rises[2]) < 0.8, rises.join(' '));
  });

  it('is found near and far, and not where it is not, not whole, or seen in a mirror', async () => {
    for (const perMillimetre of [1.6, 4.5]) assert.ok(await measureView(await viewed(perMillimetre, 0.6)));
    for (const name of ['card.png', 'camera/30.jpg', 'blank.png']) {
      const { data, info } = await sharp(join(installation.practice, name))
        .removeAlpha()
        .raw()
        .toBuffer({ resolveWithObject: true });
      assert.equal(await measureView({ data, width: info.width, height: info.height }), undefined, name);
    }
    assert.equal(await measureScan(await scanned(0, (page) => page.flop())), undefined);
    const cut = await sharp(drawn).metadata();
    const part = await scanned(0, (page) =>
      page.extract({ left: 20, top: 30, width: cut.width, height: cut.height - 120 }),
    );
    assert.equal(await measureScan(part), undefined);
  });

  it('is printed on a sheet whose every part a reader finds', () => {
    const sheet = testCardPdf().toString('latin1');
    const table = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(sheet)?.[1]);
    assert.ok(sheet.startsWith('xref\n', table));
    const offsets = [...sheet.slice(table).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, offset]) =>
      Number(offset),
    );
    offsets.forEach((offset, i) => assert.ok(sheet.startsWith(`${i + 1} 0 obj\n`, offset)));
    const [, length, content] = /\/Length (\d+) >>\nstream\n([^]*?)\nendstream/.exec(sheet) ?? [];
    assert.equal(Number(length), content.length);
    // Each patch stands at its place: 8 mm from the top left corner of A4, in points from the bottom left.
    const points = (millimetres: number) => ((millimetres / 25.4) * 72).toFixed(3);
    for (const { x, y, colour } of patches) {
      const levels = [colour.red, colour.green, colour.blue]
        .map((level) => (level / 255).toFixed(3))
        .join(' ');
      const place = `${points(8 + x)} ${points(297 - 8 - y)} cm`;
      assert.ok(content.split('\n').some((row) => row.includes(`${levels} rg`) && row.includes(place)));
    }
  });
});
