import assert from 'node:assert/strict';

import { assess, assessPortrait } from '../../appliance/face/assess.js';
import { type Face, findFaces } from '../../appliance/face/faces.js';
import { toGreyscale } from '../../appliance/face/greyscale.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { keyPointMovement } from '../../appliance/face/key-points.js';
import { type FaceMesh, fitMesh } from '../../appliance/face/mesh.js';
import { eyeCentres, eyeDistance } from '../../appliance/face/quality/landmarks.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { isSettled, settle } from '../../appliance/face/settled.js';
import { turned } from '../../models/gate/turned.js';
import {
  eyesApart,
  faceModels,
  facing,
  middleOfEyes,
  people,
  pictureOf,
  portraitOf,
  samplePicture,
} from './samples.js';

describe('the movement of the key points', () => {
  const mesh = (move: (index: number) => number) =>
    Array.from({ length: 468 }, (_, i) => ({ x: (i === 362 || i === 263 ? 100 : 0) + move(i), y: 0 }));

  it('is how far the one that moved most moved, in distances between the eyes', () => {
    const still = mesh(() => 0);
    assert.equal(keyPointMovement(still, still), 0);
    assert.equal(
      keyPointMovement(
        still,
        mesh((i) => (i === 1 ? 7 : 0)),
      ),
      0.07,
    );
    // The centre of an eye is the middle of its corners.
    assert.equal(
      keyPointMovement(
        still,
        mesh((i) => (i === 61 ? 3 : i === 33 ? 10 : 0)),
      ),
      5 / 95,
    );
    assert.equal(
      keyPointMovement(
        still,
        mesh((i) => (i === 200 ? 50 : 0)),
      ),
      0,
    );
  });
});

describe('a settled mesh', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  /** The mesh that is fitted to a detection this far from the face, so much larger, and rotated. */
  async function startedFrom(x: number, y: number, size: number, turn: number): Promise<FaceMesh> {
    const picture = await pictureOf(samplePicture(facing.sample));
    const apart = eyesApart(facing);
    const { x: left, y: top } = middleOfEyes(facing);
    const middle = { x: left + x * apart, y: top + (y + 0.5) * apart };
    const side = 2.2 * apart * size;
    const eye = (along: number) => ({
      x: middle.x + along * apart * Math.cos(turn),
      y: middle.y + along * apart * Math.sin(turn),
    });
    const box = { x: middle.x - side / 2, y: middle.y - side / 2, width: side, height: side };
    const mesh = await fitMesh(models, picture, { box, keypoints: [eye(-0.5), eye(0.5)], score: 0.9 });
    return settle(models, picture, mesh);
  }

  it('lies on the eyes, wherever the first guess lay', async () => {
    let [settled, stray] = [0, 0];
    for (const turn of [0, Math.PI / 2, Math.PI]) {
      for (const size of [0.35, 0.6, 1, 1.6]) {
        for (const [x, y] of [
          [0, 0],
          [0.5, -0.5],
          [-0.5, 0],
          [0, 0.6],
          [1, 0.5],
        ]) {
          const mesh = await startedFrom(x, y, size, turn);
          const off = eyeCentres(mesh).map((eye, i) =>
            Math.hypot(eye.x - facing.eyes[i].x, eye.y - facing.eyes[i].y),
          );
          const lies = Math.max(...off) < 0.25 * eyesApart(facing);
          if (isSettled(mesh)) settled++;
          if (!lies) stray++;
          assert.ok(
            lies || !isSettled(mesh),
            `started at ${x}, ${y}, size ${size}, turn ${turn}: ${off.join()}`,
          );
        }
      }
    }
    assert.ok(settled >= 3 && stray >= 20, `${settled} settled, ${stray} strayed`);
  });

  it('is what every person has who faces the camera, with colours and without', async () => {
    for (const person of people) {
      const picture = await pictureOf(portraitOf(person, 2.5));
      for (const shown of [picture, await toGreyscale(picture)]) {
        const [{ mesh }] = await findFaces(models, shown);
        assert.ok(isSettled(mesh), `${mesh.presence} ${mesh.moved}`);
      }
    }
  });

  async function seen(change: Partial<FaceMesh>, picture?: RgbImage) {
    const shown = picture ?? (await pictureOf(portraitOf(facing, 2.5)));
    const [face] = await findFaces(models, shown);
    const changed: Face = { ...face, mesh: { ...face.mesh, ...change } };
    return {
      visitor: await assess(shown, [changed]),
      document: await assessPortrait(shown, changed),
    };
  }

  it('is asked of visitor and document: one that moves is refused', async () => {
    const moving = await seen({ moved: 0.06 });
    assert.deepEqual(moving.visitor.findings, [{ side: 'probe', code: 'face-unsettled', blocking: true }]);
    assert.equal(moving.visitor.instruction, 'look-here');
    assert.deepEqual(moving.document.findings, [
      { side: 'document', code: 'face-unsettled', blocking: true },
    ]);
    const still = await seen({ moved: 0.04 });
    assert.deepEqual([still.visitor.findings, still.document.findings], [[], []]);
  });

  it('is sure of the face: one that doubts is refused, where nothing else is said to cover it', async () => {
    const { visitor, document } = await seen({ presence: 0.85 });
    assert.ok(visitor.findings.some(({ blocking }) => blocking));
    assert.deepEqual(document.findings, [{ side: 'document', code: 'face-unsettled', blocking: true }]);
    assert.deepEqual((await seen({ presence: 0.95 })).document.findings, []);
  });

  it('is not asked for where something else stops the picture and says more', async () => {
    const picture = await pictureOf(portraitOf(facing, 2.5).linear(0.15, 0));
    const { visitor } = await seen({ moved: 0.06 }, picture);
    assert.deepEqual(
      visitor.findings.map(({ code }) => code),
      ['too-dark'],
    );
  });
});

describe('a face that is turned', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  /** Whether visitor and document are stopped because of the turn, with their heads drawn at this angle. */
  async function stopped(yaw: number, grey: boolean): Promise<readonly boolean[]> {
    const picture = await pictureOf(portraitOf(facing, 2.5));
    const drawn = await turned(picture, (await findFaces(models, picture))[0], yaw);
    const shown = grey ? await toGreyscale(drawn) : drawn;
    const [face] = await findFaces(models, shown);
    assert.ok(eyeDistance(face.mesh) > 40);
    return [await assess(shown, [face]), await assessPortrait(shown, face)].map(({ findings }) =>
      findings.some(({ code, blocking }) => code === 'face-turned' && blocking),
    );
  }

  for (const grey of [false, true]) {
    it(`is stopped on both sides from about 20 degrees on, ${grey ? 'without' : 'with'} colours`, async () => {
      for (const yaw of [-15, 0, 15]) assert.deepEqual(await stopped(yaw, grey), [false, false], `${yaw}`);
      for (const yaw of [-30, 30]) assert.deepEqual(await stopped(yaw, grey), [true, true], `${yaw}`);
    });
  }
});
