import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

import sharp, { type Region, type Sharp } from 'sharp';

import { decode } from '../../appliance/face/decode.js';
import type { Point, RgbImage } from '../../appliance/face/image.js';
import { type FaceModels, loadModels } from '../../appliance/face/sessions.js';
import { installation } from '../../appliance/installation.js';
import { samplePath, type SampleNumber } from '../../models/sample-pictures.js';

export function samplePicture(number: SampleNumber): Buffer {
  return readFileSync(samplePath(number));
}

/** A person in one of the samples, by the centres of their irises, which were read off by hand. */
export type Person = { readonly sample: 3 | 6; readonly eyes: readonly [Point, Point] };

export const people: readonly Person[] = [
  { sample: 6, eyes: [point(321, 608), point(423, 595)] },
  { sample: 6, eyes: [point(707, 452), point(802, 445)] },
  { sample: 6, eyes: [point(1229, 428), point(1329, 430)] },
  { sample: 6, eyes: [point(1545, 376), point(1630, 395)] },
  { sample: 3, eyes: [point(632, 432), point(731, 432)] },
  { sample: 3, eyes: [point(1120, 319), point(1220, 340)] },
  { sample: 3, eyes: [point(1555, 410), point(1654, 403)] },
];

/** The person who looks straight ahead, in even light. */
export const facing = people[2];

export function middleOfEyes({ eyes: [eye, otherEye] }: Person): Point {
  return point((eye.x + otherEye.x) / 2, (eye.y + otherEye.y) / 2);
}

export function eyesApart({ eyes: [eye, otherEye] }: Person): number {
  return Math.hypot(otherEye.x - eye.x, otherEye.y - eye.y);
}

/** The part of the sample around a person: `room` eye distances to each side of the centre of the face. */
export function portraitOf(person: Person, room = 1.9): Sharp {
  const middle = middleOfEyes(person);
  const reach = eyesApart(person) * room;
  const region: Region = {
    left: Math.max(0, Math.round(middle.x - reach)),
    top: Math.max(0, Math.round(middle.y + eyesApart(person) * 0.5 - reach)),
    width: Math.round(2 * reach),
    height: Math.round(2 * reach),
  };
  return sharp(samplePicture(person.sample)).extract(region);
}

let loaded: Promise<FaceModels> | undefined;

/** The real models, loaded once for all tests. */
export function faceModels(): Promise<FaceModels> {
  return (loaded ??= loadModels(installation).then((models) => {
    assert.ok(models.ok, 'the models are not built');
    return models.value;
  }));
}

/** The models with dlib's recogniser alone, for what is known of its templates. */
export async function modelsWithDlib(): Promise<FaceModels> {
  const models = await loadModels({ ...installation, recogniser: 'dlib-resnet' });
  assert.ok(models.ok, 'the models are not built');
  return models.value;
}

/** A picture as the appliance decodes it. */
export async function pictureOf(source: Uint8Array | Sharp): Promise<RgbImage> {
  const decoded = await decode(
    source instanceof Uint8Array ? source : await source.png({ compressionLevel: 0 }).toBuffer(),
  );
  assert.ok(decoded.ok, 'the picture was not decoded');
  return decoded.value;
}

export function assertNear(actual: Point, expected: Point, tolerance: number): void {
  const off = Math.hypot(actual.x - expected.x, actual.y - expected.y);
  assert.ok(off <= tolerance, `(${actual.x}, ${actual.y}) is ${off} from (${expected.x}, ${expected.y})`);
}

function point(x: number, y: number): Point {
  return { x, y };
}
