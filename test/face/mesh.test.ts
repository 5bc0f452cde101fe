import assert from 'node:assert/strict';

import { detectFaces } from '../../appliance/face/detect.js';
import type { Point } from '../../appliance/face/image.js';
import { type FaceMesh, fitMesh } from '../../appliance/face/mesh.js';
import { poseOf } from '../../appliance/face/pose.js';
import { eyeDistance } from '../../appliance/face/quality/landmarks.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import {
  assertNear,
  eyesApart,
  faceModels,
  facing,
  people,
  pictureOf,
  portraitOf,
  samplePicture,
} from './samples.js';
import type { Sharp } from 'sharp';

/** The midpoints between the corners of the left eye in the picture, and of the other. */
function eyesOf({ points }: FaceMesh): [Point, Point] {
  const between = (i: number, j: number) => ({
    x: (points[i].x + points[j].x) / 2,
    y: (points[i].y + points[j].y) / 2,
  });
  return [between(33, 133), between(263, 362)];
}

describe('the mesh', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  async function meshOf(source: Sharp): Promise<FaceMesh> {
    const picture = await pictureOf(source);
    const [face] = await detectFaces(models, picture);
    return fitMesh(models, picture, face);
  }

  for (const sample of [3, 6] as const) {
    it(`has its eyes on those of the people of sample ${sample}`, async () => {
      const picture = await pictureOf(samplePicture(sample));
      const faces = await detectFaces(models, picture);
      for (const person of people.filter((each) => each.sample === sample)) {
        const face = faces.find(({ keypoints: [eye] }) => near(eye, person.eyes[0], eyesApart(person)));
        assert.ok(face);
        const mesh = await fitMesh(models, picture, face);
        const [eye, otherEye] = eyesOf(mesh);
        // A glance to the side moves an iris from the middle of the eye by an eighth of the distance.
        assertNear(eye, person.eyes[0], eyesApart(person) * 0.12);
        assertNear(otherEye, person.eyes[1], eyesApart(person) * 0.12);
        assert.ok(Math.abs(eyeDistance(mesh) / eyesApart(person) - 1) < 0.15);
        assert.ok(mesh.presence > 0.99);
        assert.equal(mesh.points.length, 468);
      }
    });
  }

  it('gives a wall a low score', async () => {
    const picture = await pictureOf(samplePicture(6));
    const box = { x: 1100, y: 900, width: 200, height: 200 };
    const keypoints = [
      { x: 1150, y: 950 },
      { x: 1250, y: 950 },
    ];
    const { presence } = await fitMesh(models, picture, { box, keypoints, score: 0.9 });
    assert.ok(presence < 0.1, `presence is ${presence}`);
  });

  it('mirrors with the picture of a turned head', async () => {
    for (const person of people) {
      const pose = poseOf(await meshOf(portraitOf(person)));
      const mirrored = poseOf(await meshOf(portraitOf(person).flop()));
      assert.ok(Math.abs(pose.yaw + mirrored.yaw) < 6, `${pose.yaw} against ${mirrored.yaw}`);
      assert.ok(Math.abs(pose.roll + mirrored.roll) < 6, `${pose.roll} against ${mirrored.roll}`);
      assert.ok(Math.abs(pose.pitch - mirrored.pitch) < 6, `${pose.pitch} against ${mirrored.pitch}`);
    }
  });

  it('measures the roll by the line of the eyes', async () => {
    for (const angle of [-30, 30]) {
      const leaning = portraitOf(facing).rotate(angle, { background: '#444444' });
      const { roll } = poseOf(await meshOf(leaning));
      assert.ok(Math.abs(roll - angle) < 5, `${roll} for ${angle}`);
    }
  });
});

function near(one: Point, other: Point, distance: number): boolean {
  return Math.hypot(one.x - other.x, one.y - other.y) < distance;
}
