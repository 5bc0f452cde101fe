import { readFile } from 'node:fs/promises';

import { apply, chain, invert, scaledRotation, translation } from '../../appliance/face/affine.js';
import { decode } from '../../appliance/face/decode.js';
import { type Face, findFaces } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { type MeshPoint, rollOf } from '../../appliance/face/mesh.js';
import { poseOf } from '../../appliance/face/pose.js';
import { eyeDistance } from '../../appliance/face/quality/landmarks.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { folderPictures } from '../gate/pictures.js';
import { samplePath } from '../sample-pictures.js';
import type { Person } from './people.js';

/**
 * An upright portrait, `side` pixels square, with the bridge of the nose at `bridge` and the eyes `eyes`
 * pixels apart.
 */
export type Portrait = {
  readonly picture: RgbImage;
  /** The portrait's mesh in eye distances from the bridge of the nose; z grows away from the camera. */
  readonly mesh: readonly MeshPoint[];
  /** The head's pose in the portrait, in degrees. */
  readonly yaw: number;
  readonly pitch: number;
};

/** In pixels. */
export const side = 520;
export const eyes = 104;
export const bridge = { x: side / 2, y: side * 0.4 } as const;

/** Point 6 of the mesh, the bridge of the nose. */
const noseBridge = 6;

export async function portraitOf(models: FaceModels, person: Person): Promise<Portrait> {
  const decoded = await decode(await readFile(samplePath(person.sample)));
  if (!decoded.ok) throw new Error(`sample ${person.sample} cannot be decoded`);
  const distance = ({ x, y }: { x: number; y: number }) =>
    Math.hypot(x - person.bridge.x, y - person.bridge.y);
  const [face] = (await findFaces(models, decoded.value)).sort(
    (one, other) => distance(one.mesh.points[noseBridge]) - distance(other.mesh.points[noseBridge]),
  );
  return portraitFrom(decoded.value, face);
}

/** The portraits of the faces in a folder's pictures, of each picture the largest. Skips pictures without a face. */
export async function folderPortraits(models: FaceModels, folder: string): Promise<Portrait[]> {
  const found: Portrait[] = [];
  for (const { picture } of (await folderPictures(folder)) ?? []) {
    const face = (await findFaces(models, picture)).at(0);
    if (face) found.push(portraitFrom(picture, face));
  }
  return found;
}

/** Extracts a face's portrait from any picture. */
export function portraitFrom(picture: RgbImage, face: Face): Portrait {
  const scale = eyes / eyeDistance(face.mesh);
  const from = face.mesh.points[noseBridge];
  const toPortrait = chain(
    translation(-from.x, -from.y),
    scaledRotation(scale, -rollOf(face.mesh)),
    translation(bridge.x, bridge.y),
  );
  const toPicture = invert(toPortrait);
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const p = apply(toPicture, { x: x + 0.5, y: y + 0.5 });
      copyPixel(picture, p.x - 0.5, p.y - 0.5, data, (y * side + x) * 3);
    }
  }
  const mesh = face.mesh.points.map((point) => {
    const { x, y } = apply(toPortrait, point);
    return { x: (x - bridge.x) / eyes, y: (y - bridge.y) / eyes, z: (point.z - from.z) * (scale / eyes) };
  });
  const { yaw, pitch } = poseOf(face.mesh);
  return { picture: { data, width: side, height: side }, mesh, yaw, pitch };
}

/** Samples a colour bilinearly; clamps at the edges. */
export function copyPixel(
  { data, width, height }: RgbImage,
  x: number,
  y: number,
  into: Uint8Array | Float32Array,
  at: number,
): void {
  const cx = Math.min(Math.max(x, 0), width - 1.001);
  const cy = Math.min(Math.max(y, 0), height - 1.001);
  const left = Math.floor(cx);
  const top = Math.floor(cy);
  const u = cx - left;
  const v = cy - top;
  const i = (top * width + left) * 3;
  const below = i + width * 3;
  for (let c = 0; c < 3; c++) {
    into[at + c] =
      (data[i + c] * (1 - u) + data[i + 3 + c] * u) * (1 - v) +
      (data[below + c] * (1 - u) + data[below + 3 + c] * u) * v;
  }
}
