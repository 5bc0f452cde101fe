import assert from 'node:assert/strict';

import fc from 'fast-check';

import { boundsOf } from '../../../appliance/face/box.js';
import { skinSpectra } from '../../../appliance/face/liveness/moire.js';
import { type Look, PictureWatch, suspectsPicture } from '../../../appliance/face/liveness/picture-watch.js';
import { findFaces } from '../../../appliance/face/faces.js';
import { printedFrames } from '../../vault/printed.js';
import { faceModels, pictureOf } from '../samples.js';
import { drawnHead, seen } from './drawn-head.js';
import { none, points, skin, type Wave } from './skin.js';

const spectraOf = (wave: Wave) => Array.from({ length: 5 }, (_, i) => skinSpectra(skin(wave, i), points));
const bare = spectraOf(none);
const gridded = spectraOf({ contrast: 0.03, across: 7, down: 40, coloured: true });
const waved = spectraOf({ contrast: 0.03, across: 6, down: 30, coloured: false });

/** Straight to the left, to the right and above; a hand covers the edge below. */
const around = [1, 1, 1, 0.3];
const noEdges = [0.6, 0.7, 0.9, 0.3];

type Shown = {
  readonly flat?: boolean;
  /** In degrees, how far it turns until it is held still. */
  readonly turns?: number;
  readonly spectra?: typeof bare;
  readonly edges?: readonly number[];
  readonly busy?: number;
  readonly count?: number;
};

/** What the watch sees ten times a second of somebody who comes and holds still. */
function looks({
  flat = false,
  turns = 8,
  spectra = bare,
  edges = noEdges,
  busy = 0.25,
  count = 10,
}: Shown): Look[] {
  const places = flat ? drawnHead.map(({ x, y }) => ({ x, y, z: 0 })) : drawnHead;
  return Array.from({ length: count }, (_, i) => {
    const yaw = turns * Math.max(0, 1 - i / 5);
    const seenPoints = seen(places, { yaw, pitch: 0, roll: 0, x: 0, size: 80 });
    const marks = { spectra: spectra[i % spectra.length], edges, busy };
    return { points: seenPoints, box: boundsOf(seenPoints), yaw, pitch: 0, opening: 0.3, at: i * 100, marks };
  });
}

describe('what makes the watch suspect a picture', () => {
  it('is not a face in front of a wall, however it is turned', () => {
    fc.assert(
      fc.property(fc.double({ min: -15, max: 15, noNaN: true }), fc.boolean(), (turns, flat) => {
        assert.ok(!suspectsPicture(looks({ turns, flat })));
      }),
      { numRuns: 20 },
    );
  });

  it('is a screen’s grid, in colour or in grey, even if what it shows is a film of a head', () => {
    for (const spectra of [gridded, waved]) {
      assert.ok(suspectsPicture(looks({ spectra })));
      assert.ok(suspectsPicture(looks({ spectra, flat: true })));
    }
  });

  it('is a sheet’s edges around a flat face, however it is turned', () => {
    for (const turns of [0, 8]) assert.ok(suspectsPicture(looks({ flat: true, edges: around, turns })));
  });

  it('is no edges around a face that shows relief, as a head does that turns by 8 degrees', () => {
    assert.ok(!suspectsPicture(looks({ edges: around })));
  });

  it('is unbroken edges on all sides in front of shelves or a crowd, where others are there by chance', () => {
    assert.ok(!suspectsPicture(looks({ flat: true, edges: around, busy: 0.5 })));
    assert.ok(!suspectsPicture(looks({ flat: true, edges: [1, 1, 1, 0.97], busy: 0.5 })));
    assert.ok(suspectsPicture(looks({ flat: true, edges: [1, 1, 1, 1], busy: 0.5 })));
  });

  it('is no edges on two sides alone, as of a door and its lintel', () => {
    assert.ok(!suspectsPicture(looks({ flat: true, edges: [1, 0.5, 1, 0.3] })));
  });

  it('is nothing of fewer than five frames', () => {
    assert.ok(!suspectsPicture(looks({ spectra: gridded, flat: true, edges: around, count: 4 })));
    assert.ok(suspectsPicture(looks({ spectra: gridded, flat: true, edges: around, count: 5 })));
  });
});

describe('the watch', () => {
  it('suspects a print that is held up, and forgets it when the face is lost', async () => {
    const models = await faceModels();
    const watch = new PictureWatch();
    const frames = await printedFrames();
    for (const [i, frame] of frames.entries()) {
      const picture = await pictureOf(frame);
      const [face] = await findFaces(models, picture);
      watch.follow({ picture, face }, i * 100);
      assert.equal(watch.suspects, i >= 4, String(i));
    }
    watch.follow(undefined, 900);
    assert.ok(!watch.suspects);
  });
});
