import assert from 'node:assert/strict';

import { assessPortrait } from '../../appliance/face/assess.js';
import { detectFaces } from '../../appliance/face/detect.js';
import { findFaces } from '../../appliance/face/faces.js';
import { type FaceModels, loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import type { Detect } from '../../appliance/scanner/detection.js';
import { centre } from '../../appliance/scanner/geometry.js';
import { findPortrait, type Portrait } from '../../appliance/scanner/portrait.js';
import type { Page } from '../../appliance/scanner/scanner.js';
import { a4, drawPage, type Piece } from './pages.js';

describe('scanner: the portrait on a page', () => {
  let models: FaceModels;

  before(async () => {
    const loaded = await loadModels(installation);
    assert.ok(loaded.ok, 'the models are not built');
    models = loaded.value;
  });

  const detect: Detect = (image) => detectFaces(models, image);

  async function expectPortrait(page: Page): Promise<Portrait> {
    const found = await findPortrait(page, detect);
    assert.ok(found.ok, found.ok ? '' : found.error);
    return found.value;
  }

  /** The face is not exactly at the centre of the portrait, but within a quarter of its width. */
  function assertAt({ region }: Portrait, { x, y, kind }: Piece, resolution = 300): void {
    const millimetre = resolution / 25.4;
    const { x: seenX, y: seenY } = centre(region);
    const off = Math.hypot(seenX / millimetre - x, seenY / millimetre - y);
    assert.ok(off < (kind === 'photograph' ? 35 : 22) / 4, `${off} mm off`);
  }

  const pieces: readonly (readonly [string, Piece, turn: number])[] = [
    ['a card as it is read', { person: 3, x: 60, y: 80, ghost: 0.4 }, 0],
    ['a card on its left side', { person: 3, x: 120, y: 90, turned: 270, ghost: 0.4 }, 90],
    ['a card upside down', { person: 0, x: 140, y: 230, turned: 180, ghost: 0.4 }, 180],
    ['a card on its right side', { person: 1, x: 60, y: 220, turned: 90, ghost: 0.4 }, 270],
    ['a card that lies 15 degrees askew', { person: 1, x: 100, y: 200, turned: 15 }, 0],
    ['a card askew the other way', { person: 0, x: 100, y: 150, turned: -15 }, 0],
    ['a card askew on its side', { person: 2, x: 100, y: 150, turned: 102 }, 270],
    ['a card at the very corner of the glass', { person: 1, x: 12, y: 14 }, 0],
    ['a photograph on a form', { person: 2, x: 170, y: 50, kind: 'photograph' }, 0],
    ['a form that lies upside down', { person: 3, x: 40, y: 250, kind: 'photograph', turned: 180 }, 180],
  ];
  for (const [what, piece, turn] of pieces) {
    it(`is found on ${what}, and turned upright`, async () => {
      const page = await drawPage([piece], { text: piece.kind === 'photograph' });
      const portrait = await expectPortrait(page);
      assert.equal(portrait.turn, turn);
      assertAt(portrait, piece);
      const { image, region } = portrait;
      assert.deepEqual([image.width, image.height], [region.width, region.height]);
      // With a margin of a face's width all around, the detector finds it in the middle third.
      const [face, ...others] = await detect(image);
      assert.equal(others.length, 0);
      assert.ok(Math.abs(face.box.x + face.box.width / 2 - image.width / 2) < image.width / 10);
      assert.ok(Math.abs(face.box.width * 3 - image.width) < image.width / 4);
      const [leftEye, rightEye, , mouth] = face.keypoints;
      assert.ok(leftEye.x < rightEye.x && mouth.y > Math.max(leftEye.y, rightEye.y));
    });
  }

  it('is found in grey', async () => {
    const piece: Piece = { person: 1, x: 100, y: 150, turned: 180 };
    const portrait = await expectPortrait(await drawPage([piece], { grey: true }));
    assert.equal(portrait.turn, 180);
    assertAt(portrait, piece);
    assert.equal(portrait.image.data.length, portrait.image.width * portrait.image.height * 3);
  });

  it('is found and cut out at 600 dpi', async () => {
    const piece: Piece = { person: 3, x: 60, y: 80, turned: 90 };
    const portrait = await expectPortrait(await drawPage([piece], { resolution: 600 }));
    assert.equal(portrait.turn, 270);
    assertAt(portrait, piece, 600);
    assert.ok(portrait.image.width > 800);
  });

  const bed = { width: 150, height: 120 };
  for (const resolution of [300, 600]) {
    for (const kind of ['card', 'photograph'] as const) {
      for (const quarter of [0, 90, 180, 270]) {
        const tilt = quarter % 180 === 0 ? 15 : -15;
        const grey = (quarter === 90) === (kind === 'card');
        it(`is found on a ${kind} turned ${quarter + tilt} at ${resolution} dpi${grey ? ' in grey' : ''}`, async () => {
          const piece: Piece = { person: 2, x: 75, y: 60, kind, turned: quarter + tilt, ghost: 0.5 };
          const portrait = await expectPortrait(await drawPage([piece], { resolution, grey, size: bed }));
          assert.equal(portrait.turn, (360 - quarter) % 360);
          assertAt(portrait, piece, resolution);
        });
      }
    }
  }

  /** The findings about the portrait on a page. */
  async function findingsOn(page: Page) {
    const { image } = await expectPortrait(page);
    const [face] = await findFaces(models, image);
    return (await assessPortrait(image, face)).findings;
  }

  it('gets a warning if the eyes are less than 30 pixels apart', async () => {
    // The portrait is printed 22 mm wide, 3.8 eye distances: 68 pixels between the eyes at 300 dpi.
    const piece: Piece = { person: 2, x: 50, y: 50, reduced: 0.37 };
    assert.deepEqual(await findingsOn(await drawPage([piece], { size: bed })), [
      { side: 'document', code: 'portrait-small', blocking: false },
    ]);
  });

  /** Whether the glare on a page blocks; undefined if no face is found. */
  async function glareOn(page: Page): Promise<readonly boolean[] | undefined> {
    const found = await findPortrait(page, detect);
    if (!found.ok) {
      // There is too much light to find a face: the card is seen, and the words ask to turn it.
      assert.equal(found.error, 'card-face-down');
      return undefined;
    }
    const [face] = await findFaces(models, found.value.image);
    const { findings } = await assessPortrait(found.value.image, face);
    return findings.filter(({ code }) => code === 'portrait-glare').map(({ blocking }) => blocking);
  }

  for (const grey of [false, true]) {
    it(`gets a warning for some reflection, and is refused for more${grey ? ', in grey' : ''}`, async () => {
      for (const person of [0, 1, 2, 3] as const) {
        const under = async (glare: number) =>
          glareOn(await drawPage([{ person, x: 50, y: 50, glare }], { size: bed, grey }));
        assert.deepEqual(await under(0), []);
        assert.equal((await under(0.7))?.length ?? 1, 1, `person ${person}`);
        assert.deepEqual((await under(0.9)) ?? [true], [true], `person ${person}`);
      }
    });
  }

  it('is found if the page shows only the card', async () => {
    const piece: Piece = { person: 3, x: 16, y: 36 };
    const portrait = await expectPortrait(await drawPage([piece], { size: { width: 90, height: 60 } }));
    assert.equal(portrait.turn, 0);
    assertAt(portrait, piece);
  });

  it('is not cut from one of two documents', async () => {
    const cards: readonly Piece[] = [
      { person: 1, x: 40, y: 50 },
      { person: 2, x: 100, y: 200, turned: 90 },
    ];
    const cardOnForm: readonly Piece[] = [
      { person: 1, x: 40, y: 50 },
      { person: 2, x: 100, y: 200, kind: 'photograph' },
    ];
    for (const two of [cards, cardOnForm]) {
      assert.deepEqual(await findPortrait(await drawPage(two), detect), {
        ok: false,
        error: 'two-documents',
      });
    }
  });

  it('is not found on a page of text', async () => {
    const page = await drawPage([], { text: true });
    assert.deepEqual(await findPortrait(page, detect), { ok: false, error: 'no-portrait' });
  });

  it('is reported as face down on the back of a card, however it lies', async () => {
    for (const turned of [0, 15, 90, 200, 285]) {
      const page = await drawPage([{ person: 0, x: 80, y: 120, turned, faceDown: true }]);
      assert.deepEqual(await findPortrait(page, detect), { ok: false, error: 'card-face-down' });
    }
    const two: readonly Piece[] = [
      { person: 0, x: 60, y: 60, faceDown: true },
      { person: 0, x: 60, y: 180, turned: 10, faceDown: true },
    ];
    for (const page of [
      await drawPage(two, { grey: true }),
      await drawPage([{ person: 3, x: 16, y: 36, faceDown: true }], { size: { width: 90, height: 60 } }),
    ]) {
      assert.deepEqual(await findPortrait(page, detect), { ok: false, error: 'card-face-down' });
    }
  });

  it('is not found on something that is not a card', async () => {
    for (const piece of [
      { person: 0, x: 60, y: 60, kind: 'photograph', faceDown: true },
      { person: 0, x: 90, y: 120, reduced: 2, faceDown: true },
    ] as const) {
      const found = await findPortrait(await drawPage([piece]), detect);
      assert.deepEqual(found, { ok: false, error: 'no-portrait' });
    }
  });

  it('is not searched for on an empty glass, white or black or grey', async () => {
    const width = Math.round((a4.width / 25.4) * 300);
    const height = Math.round((a4.height / 25.4) * 300);
    const never: Detect = () => Promise.reject(new Error('nothing to look at'));
    for (const level of [0, 128, 255]) {
      const data = new Uint8Array(width * height).fill(level);
      const page: Page = { data, width, height, channels: 1, resolution: 300 };
      assert.deepEqual(await findPortrait(page, never), { ok: false, error: 'scan-empty' });
    }
    assert.deepEqual(await findPortrait(await drawPage([]), never), { ok: false, error: 'scan-empty' });
  });

  it('leaves only zeros of the page, whatever the result', async () => {
    const small = { size: { width: 90, height: 60 } };
    const fails: Detect = () => Promise.reject(new Error('the detector broke'));
    const none: Detect = () => Promise.resolve([]);
    for (const looking of [detect, none, fails]) {
      const page = await drawPage([{ person: 3, x: 16, y: 36 }], small);
      await findPortrait(page, looking).catch((error: unknown) => {
        assert.equal(looking, fails, String(error));
      });
      assert.ok(page.data.every((byte) => byte === 0));
    }
  });

  it('may be searched for on pages of any size, down to one pixel', async () => {
    for (const [width, height] of [
      [1, 1],
      [1, 3000],
      [5000, 1],
      [300, 300],
    ]) {
      const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * 97) % 256);
      const found = await findPortrait({ data, width, height, channels: 3, resolution: 300 }, detect);
      assert.ok(!found.ok);
    }
  });
});
