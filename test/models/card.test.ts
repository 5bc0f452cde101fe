import assert from 'node:assert/strict';

import type { RgbImage } from '../../appliance/face/image.js';
import { capture } from '../../appliance/vault/read-picture.js';
import { cropUpright } from '../../appliance/vault/open-picture.js';
import { appearanceWords } from '../../models/experiment/appearance.js';
import { seededRandom } from '../../models/random.js';
import { cardKinds } from '../../models/simulate/card.js';
import { withGhost } from '../../models/simulate/ghost.js';
import { withGuilloche } from '../../models/simulate/guilloche.js';
import { withHologram } from '../../models/simulate/hologram.js';
import { withLaminate } from '../../models/simulate/laminate.js';
import type { Print } from '../../models/simulate/print.js';
import { printAndScan, printAndScanAs } from '../../models/simulate/print-scan.js';
import { modelsWithDlib, facing, pictureOf, portraitOf } from '../face/samples.js';

/** Seeds of copies that differ in everything that is drawn by chance. */
const seeds = Array.from({ length: 20 }, (_, seed) => seed);

function plain(level: number, grey = false): Print {
  const [width, height] = [250, 320];
  const image = { data: new Uint8Array(width * height * 3).fill(level), width, height };
  return { image, dots: 10, paper: [240, 240, 240], grey };
}

function hasColours({ data }: RgbImage): boolean {
  return data.some((level, i) => level !== data[i - (i % 3)]);
}

describe('a card that is printed and scanned', () => {
  it('is reproducible, and differs from plain paper and from every other kind', async () => {
    const picture = await pictureOf(portraitOf(facing));
    const scans = new Set([Buffer.from((await printAndScan(picture)).data).toString('base64')]);
    for (const kind of cardKinds) {
      const [once, again] = [await printAndScanAs(kind, picture), await printAndScanAs(kind, picture)];
      assert.deepEqual(once, again);
      scans.add(Buffer.from(once.data).toString('base64'));
    }
    assert.equal(scans.size, cardKinds.length + 1);
  });

  for (const kind of cardKinds) {
    it(`still shows one portrait, and the same person to the recogniser: ${kind}`, async () => {
      const models = await modelsWithDlib();
      const picture = await pictureOf(portraitOf(facing));
      const cut = await cropUpright(models, 'document', await printAndScanAs(kind, picture));
      assert.ok(cut.ok);
      const [before, after] = [
        await capture.document(models, picture, 0),
        await capture.document(models, cut.value, 0),
      ];
      assert.ok(after.result.usable, JSON.stringify(after.result.findings));
      const [one, other] = [await before.sample!.template(false), await after.sample!.template(false)];
      const apart = Math.sqrt(one.reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0));
      // dlib's templates of one person are less than 0.6 apart.
      assert.ok(apart > 0.02 && apart < 0.55, String(apart));
    });

    it(`says in both languages what is simulated: ${kind}`, () => {
      const [{ ja, en }] = appearanceWords({ documentAs: kind, probeAs: 'picture', fuse: 1 });
      assert.match(ja, /模擬（\p{Script=Han}*.+つき）$/u);
      assert.match(en, /^documents are simulated prints and scans with a .+/);
    });
  }
});

describe('a guilloche', () => {
  it('covers as much of the paper as two families of lines of its width and spacing do', () => {
    for (const seed of seeds) {
      const { data } = withGuilloche(plain(255), seededRandom(seed));
      const inked = data.filter((level, i) => i % 3 === 0 && level < 250).length / (data.length / 3);
      // 0.06 of 0.9 mm to 0.12 of 0.5 mm in each family; at 10 dots to the millimetre each line touches a dot more.
      assert.ok(inked > 2 * (0.06 / 0.9) && inked < 2 * (0.22 / 0.5), String(inked));
    }
  });

  it('has two colours, unless it is printed in black', () => {
    for (const seed of seeds) {
      assert.equal(hasColours(withGuilloche(plain(255), seededRandom(seed))), true);
      assert.equal(hasColours(withGuilloche(plain(255, true), seededRandom(seed))), false);
    }
  });
});

describe('a second small portrait', () => {
  it('stands beside the first, a third to a half of its size, and is paler', async () => {
    for (const seed of seeds) {
      const { data, width, height } = await withGhost(plain(20), seededRandom(seed));
      assert.equal(height, 320);
      const ghost = width - 250 - 40;
      assert.ok(ghost >= 0.35 * 250 - 1 && ghost <= 0.5 * 250 + 1, String(ghost));
      const level = (x: number, y: number) => data[(y * width + x) * 3];
      assert.equal(level(100, 310), 20);
      assert.equal(level(270, 310), 240);
      // 0.3 to 0.55 of the darkness below the paper's 240.
      assert.ok(
        level(width - 20, 310) >= 240 - 0.55 * 220 - 1 && level(width - 20, 310) <= 240 - 0.3 * 220 + 1,
      );
    }
  });
});

describe('a film over a card', () => {
  it('only adds light, and a laminate four hundredths of it everywhere', () => {
    for (const seed of seeds) {
      // Of black, 255 × 0.04 = 10.2.
      assert.ok(withLaminate(plain(0), seededRandom(seed)).data.every((level) => level >= 10));
      for (const film of [withHologram, withLaminate])
        assert.ok(film(plain(90), seededRandom(seed)).data.every((level) => level >= 90));
    }
  });

  it('shows colours if it is a hologram, unless the scan has none', () => {
    for (const seed of seeds) {
      assert.equal(hasColours(withHologram(plain(90), seededRandom(seed))), true);
      assert.equal(hasColours(withHologram(plain(90, true), seededRandom(seed))), false);
      assert.equal(hasColours(withLaminate(plain(90), seededRandom(seed))), false);
    }
  });
});
