import assert from 'node:assert/strict';

import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';

import { type Face, findFaces } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import type { FaceMesh } from '../../appliance/face/mesh.js';
import { poseOf } from '../../appliance/face/pose.js';
import { cheeks } from '../../appliance/face/quality/cheeks.js';
import { expressionNeutrality } from '../../appliance/face/quality/expression-neutrality.js';
import { headPose } from '../../appliance/face/quality/geometry.js';
import { illuminationUniformity } from '../../appliance/face/quality/illumination-uniformity.js';
import { labOf } from '../../appliance/face/quality/lab.js';
import {
  dynamicRange,
  histogramOf,
  luminanceMean,
  luminanceOf,
  luminanceVariance,
  overExposurePrevention,
  underExposurePrevention,
} from '../../appliance/face/quality/luminance.js';
import { qualityOf } from '../../appliance/face/quality/quality.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { qualityComponent, type QualityComponent } from '../../appliance/protocol/vault.js';
import { asSharp, drawnOn } from '../../models/gate/canvas.js';
import { withBystander } from '../../models/gate/bystander.js';
import { withSideLight } from '../../models/gate/light.js';
import { withMask } from '../../models/gate/mouth.js';
import { withGlasses, withHand } from '../../models/gate/worn.js';
import { withCap, withLids, withOpenMouth, withStripes } from './degraded.js';
import { faceModels, facing, people, type Person, pictureOf, portraitOf } from './samples.js';

type Worse = (picture: RgbImage, face: Face, step: number) => Sharp | Promise<Sharp>;

/** What spoils a picture in one respect, step by step, and which way its native measure then goes. */
const spoilers: readonly (readonly [
  component: QualityComponent,
  steps: readonly number[],
  goes: 'up' | 'down',
  worse: Worse,
])[] = [
  ['background-uniformity', [0, 0.1, 0.3, 0.6, 1], 'up', withStripes],
  ['illumination-uniformity', [1, 0.7, 0.5, 0.3], 'down', withSideLight],
  ['luminance-mean', [1, 0.8, 0.6, 0.4, 0.2], 'down', (p, _, by) => asSharp(p).linear(by, 0)],
  ['luminance-variance', [1, 0.7, 0.4, 0.2], 'down', flatter],
  ['under-exposure-prevention', [1, 0.8, 0.6, 0.4, 0.2], 'up', (p, _, by) => asSharp(p).linear(by, 0)],
  ['over-exposure-prevention', [1, 1.6, 2, 3], 'up', (p, _, by) => asSharp(p).linear(by, 0)],
  ['dynamic-range', [1, 0.7, 0.4, 0.2], 'down', flatter],
  ['sharpness', [0, 1.5, 3, 5, 8], 'down', (p, _, by) => (by === 0 ? asSharp(p) : asSharp(p).blur(by))],
  ['compression-artifacts', [95, 60, 40, 20, 8], 'up', compressed],
  ['natural-colour', [1, 0.8, 0.7, 0.6], 'up', (p, _, by) => asSharp(p).linear([by, 1, 1 / by], [0, 0, 0])],
  [
    'single-face-present',
    [0, 0.6, 0.75, 0.9],
    'up',
    async (p, _, by) => withBystander(p, await pictureOf(portraitOf(people[4], 2.2)), by),
  ],
  ['eyes-open', [0, 0.33, 0.67, 1], 'down', withLids],
  ['mouth-closed', [0.06, 0.12, 0.18, 0.24], 'up', withOpenMouth],
  ['eyes-visible', [0, 0.35, 0.6, 0.9], 'up', withGlasses],
  ['mouth-occlusion-prevention', [0, 0.4, 0.7, 1], 'up', masked],
  ['face-occlusion-prevention', [0, 0.2, 0.35, 0.5], 'up', withHand],
  ['inter-eye-distance', [1, 0.7, 0.5, 0.3], 'down', smaller],
  ['head-size', [0, 200, 400, 800], 'down', (p, _, by) => asSharp(p).extend({ top: by / 2, bottom: by / 2 })],
  ['leftward-crop-of-the-face-image', [0, 0.3, 0.6, 0.9], 'down', (p, f, by) => cropped(p, f, 'left', by)],
  ['rightward-crop-of-the-face-image', [0, 0.3, 0.6, 0.9], 'down', (p, f, by) => cropped(p, f, 'right', by)],
  ['upward-crop-of-the-face-image', [0, 0.3, 0.6, 0.9], 'down', (p, f, by) => cropped(p, f, 'bottom', by)],
  ['downward-crop-of-the-face-image', [0, 0.3, 0.6, 0.9], 'down', (p, f, by) => cropped(p, f, 'top', by)],
  ['head-pose-roll', [0, 8, 16, 24], 'up', (p, _, by) => asSharp(p).rotate(by, { background: '#777' })],
  ['no-head-coverings', [0, 0.4, 0.7, 1], 'up', withCap],
];

function flatter(picture: RgbImage, _: Face, contrast: number): Sharp {
  return asSharp(picture).linear(contrast, (1 - contrast) * 130);
}

/** Saved as a JPEG, after the blocks of the sample's own were scaled away. */
async function compressed(picture: RgbImage, _: Face, quality: number): Promise<Sharp> {
  const small = await asSharp(picture)
    .resize(Math.round(picture.width * 0.7))
    .png()
    .toBuffer();
  return sharp(await sharp(small).jpeg({ quality }).toBuffer());
}

async function masked(picture: RgbImage, face: Face, opacity: number): Promise<Sharp> {
  if (opacity === 0) return asSharp(picture);
  const mask = await withMask(picture, face, { colour: '#8fb7d4' })
    .removeAlpha()
    .ensureAlpha(opacity)
    .png()
    .toBuffer();
  return asSharp(picture).composite([{ input: mask }]);
}

async function smaller(picture: RgbImage, _: Face, by: number): Promise<Sharp> {
  return sharp(
    await asSharp(picture)
      .resize(Math.round(picture.width * by))
      .png()
      .toBuffer(),
  );
}

/** Cut off on one side, by this part of the room beside the eyes or above or below the face. */
function cropped(
  { data, width, height }: RgbImage,
  { mesh }: Face,
  edge: 'left' | 'right' | 'top' | 'bottom',
  part: number,
): Sharp {
  const [eye, otherEye, top, chin] = [33, 263, 10, 152].map((index) => mesh.points[index]);
  const room = { left: eye.x, right: width - otherEye.x, top: top.y, bottom: height - chin.y }[edge];
  const off = Math.max(Math.round(room * part), 0);
  return sharp(data, { raw: { width, height, channels: 3 } }).extract({
    left: edge === 'left' ? off : 0,
    top: edge === 'top' ? off : 0,
    width: edge === 'left' || edge === 'right' ? width - off : width,
    height: edge === 'top' || edge === 'bottom' ? height - off : height,
  });
}

describe('the quality of a face image', () => {
  let models: FaceModels;
  before(async () => (models = await faceModels()));

  async function seen(source: Sharp) {
    const picture = await pictureOf(source);
    return { picture, faces: await findFaces(models, picture) };
  }
  const unspoilt = new Map<Person, ReturnType<typeof seen>>();
  before(() => {
    for (const person of [facing, people[5]]) unspoilt.set(person, seen(portraitOf(person, 2.5)));
  });

  for (const [component, steps, goes, worse] of spoilers) {
    it(`${component} goes ${goes} with every step by which only that is spoiled`, async () => {
      for (const person of [facing, people[5]]) {
        const { picture, faces } = await unspoilt.get(person)!;
        const natives: number[] = [];
        const values: number[] = [];
        for (const step of steps) {
          const spoilt = await seen(await worse(picture, faces[0], step));
          const { native, value } = (await qualityOf(spoilt.picture, spoilt.faces))[component]!;
          natives.push(Math.abs(native));
          values.push(value);
        }
        const said = natives.join(', ');
        const ordered = natives.toSorted((one, other) => (goes === 'up' ? one - other : other - one));
        assert.deepEqual(natives, ordered, said);
        const [first, last] = [natives[0], natives[natives.length - 1]];
        assert.ok(Math.abs(last - first) > 0.2 * Math.max(first, last), said);
        if (component !== 'luminance-variance') {
          assert.ok(values[values.length - 1] <= values[0], values.join(', '));
        }
      }
    });
  }

  /** The mesh as it would be if the head were turned about its neck, or nodded, by this many degrees more. */
  function turnedBy({ points, presence }: FaceMesh, about: 'neck' | 'ears', degrees: number): FaceMesh {
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    return {
      presence,
      points: points.map(({ x, y, z }) =>
        about === 'neck'
          ? { x: x * cos - z * sin, y, z: x * sin + z * cos }
          : { x, y: y * cos - z * sin, z: y * sin + z * cos },
      ),
    };
  }

  for (const [component, about] of [
    ['head-pose-yaw', 'neck'],
    ['head-pose-pitch', 'ears'],
  ] as const) {
    it(`${component} grows by a degree for each by which the mesh is turned`, async () => {
      const { faces } = await unspoilt.get(facing)!;
      const at = (degrees: number) =>
        headPose(poseOf(turnedBy(faces[0].mesh, about, degrees)))[component]!.native;
      for (const degrees of [10, 20, 30]) assert.ok(Math.abs(at(degrees) - at(0) - degrees) < 3);
      assert.equal(headPose({ yaw: 0, pitch: 0, roll: 0 })[component]!.value, 100);
      assert.equal(headPose({ yaw: 60, pitch: 60, roll: 0 })[component]!.value, 25);
    });
  }

  it('expression-neutrality goes up as the corners of the mouth are raised', async () => {
    const { faces } = await unspoilt.get(facing)!;
    const { points, presence } = faces[0].mesh;
    const width = Math.abs(points[291].x - points[61].x);
    const smiling = (by: number) => ({
      presence,
      points: points.map((point, i) =>
        i === 61 || i === 291 ? { ...point, y: point.y - by * width } : point,
      ),
    });
    const off = [0.1, 0.2, 0.3].map((by) => expressionNeutrality(smiling(by)).native);
    assert.deepEqual(
      off,
      off.toSorted((one, other) => one - other),
    );
  });

  it('is measured in every component of the standard, and has its names', async () => {
    const { picture, faces } = await unspoilt.get(facing)!;
    const quality = await qualityOf(picture, faces);
    assert.deepEqual(new Set(Object.keys(quality)), new Set(qualityComponent.options));
  });

  it('says nothing of a background that is not to be seen', async () => {
    const { picture, faces } = await seen(portraitOf(facing, 1));
    assert.equal((await qualityOf(picture, faces))['background-uniformity'], undefined);
  });

  it('is finite, and its values are 0 to 100, for any picture and any mesh', async () => {
    const { faces } = await unspoilt.get(facing)!;
    const [{ box, keypoints, score, mesh }] = faces;
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.infiniteStream(fc.integer({ min: 0, max: 255 })),
        fc.double({ min: 0.001, max: 1, noNaN: true }),
        fc.double({ min: -300, max: 300, noNaN: true }),
        async (width, height, levels, scale, shift) => {
          const data = Uint8Array.from({ length: width * height * 3 }, () => levels.next().value as number);
          const points = mesh.points.map(({ x, y, z }) => ({
            x: x * scale + shift,
            y: y * scale,
            z: z * scale,
          }));
          const face = { box, keypoints, score, mesh: { points, presence: 1 } };
          for (const of of Object.values(await qualityOf({ data, width, height }, [face, face]))) {
            assert.ok(Number.isFinite(of.native) && Math.abs(of.native) <= 10_000, String(of.native));
            assert.ok(Number.isInteger(of.value) && of.value >= 0 && of.value <= 100, String(of.value));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('the light on a face', () => {
  const grey = (level: number) => ({ red: level, green: level, blue: level });

  it('is counted as light, not as levels', () => {
    // IEC 61966-2-1: ((128/255 + 0.055) / 1.055)^2.4 = 0.2159, of 255.
    assert.equal(luminanceOf(grey(128)), 55);
    assert.equal(luminanceOf({ red: 255, green: 0, blue: 0 }), 54);
    assert.deepEqual([luminanceOf(grey(0)), luminanceOf(grey(255))], [0, 255]);
  });

  it('has the mean, the variance and the entropy that half black and half white have', () => {
    const half = histogramOf([grey(0), grey(255)]);
    assert.equal(luminanceMean(half).native, 0.5);
    assert.equal(luminanceMean(half).value, 100);
    assert.equal(luminanceVariance(half).native, 0.25);
    // sin(15/16 π) = 0.195
    assert.equal(luminanceVariance(half).value, 20);
    assert.deepEqual(dynamicRange(half), { native: 1, value: 13 });
  });

  it('is too little or too much as far as pixels are black or white', () => {
    const three = histogramOf([grey(0), grey(0), grey(0), grey(255)]);
    assert.equal(underExposurePrevention(three).native, 0.75);
    assert.equal(overExposurePrevention(three).native, 0.25);
    // 1 / 0.26
    assert.equal(overExposurePrevention(three).value, 4);
    assert.equal(underExposurePrevention(histogramOf([grey(0)])).value, 0);
  });

  it('is even where both cheeks share their luminances', () => {
    const [dark, bright] = [grey(100), grey(200)];
    assert.deepEqual(illuminationUniformity([[dark], [dark]]), { native: 1, value: 100 });
    assert.deepEqual(illuminationUniformity([[dark], [bright]]), { native: 0, value: 0 });
    // 100 × 0.5^0.3
    assert.deepEqual(illuminationUniformity([[dark, bright], [bright]]), { native: 0.5, value: 81 });
  });

  it('has the colour that CIELAB gives it', () => {
    // sRGB's red under D50: L* 54.29, a* 80.81, b* 69.89 (B. Lindbloom's calculator).
    const { l, a, b } = labOf({ red: 255, green: 0, blue: 0 });
    assert.ok(Math.abs(l - 54.29) < 0.1 && Math.abs(a - 80.81) < 0.2 && Math.abs(b - 69.89) < 0.2);
  });
});

describe('the zones of the cheeks', () => {
  it('are squares half way down from eyes to mouth, below each eye and outward', async () => {
    const models = await faceModels();
    const portrait = await pictureOf(portraitOf(facing, 2.5));
    const [face] = await findFaces(models, portrait);
    const [left, right, mouth] = [middle(face, 33, 133), middle(face, 362, 263), middle(face, 13, 14)];
    const apart = Math.hypot(right.x - left.x, right.y - left.y);
    const side = 0.3 * apart;
    const top = (left.y + right.y) / 2 + (mouth.y - (left.y + right.y) / 2) / 2;
    const drawn = await pictureOf(
      drawnOn(
        portrait,
        `<rect width="100%" height="100%" fill="black"/>
         <rect x="${left.x - side}" y="${top}" width="${side}" height="${side}" fill="red"/>
         <rect x="${right.x}" y="${top}" width="${side}" height="${side}" fill="blue"/>`,
      ),
    );
    const patch = { image: drawn, toPicture: { a: 1, b: 0, c: 0, d: 0, e: 1, f: 0 } };
    const [one, other] = cheeks(patch, face.mesh);
    assert.ok(one.filter(({ red }) => red > 200).length > 0.8 * one.length);
    assert.ok(other.filter(({ blue }) => blue > 200).length > 0.8 * other.length);
  });

  function middle({ mesh: { points } }: Face, one: number, other: number) {
    return { x: (points[one].x + points[other].x) / 2, y: (points[one].y + points[other].y) / 2 };
  }
});
