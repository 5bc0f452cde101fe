import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';

import { boundsOf, centreOf, squareAround } from '../../appliance/face/box.js';
import { decode } from '../../appliance/face/decode.js';
import { findFaces } from '../../appliance/face/faces.js';
import type { RgbImage } from '../../appliance/face/image.js';
import { crop } from '../../appliance/face/patch.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { longestProbeSide } from '../../appliance/vault/assess-frame.js';
import { samplePath } from '../sample-pictures.js';
import { people, sheet, type Source, type Split } from './people.js';
import { imageOf } from './canvas.js';

/** A picture that the gate should pass. */
export type GoodPicture = { readonly name: string; readonly picture: RgbImage };

/** The pictures from the npm packages. */
export async function packagePictures(models: FaceModels, split: Split): Promise<GoodPicture[]> {
  const good: GoodPicture[] = [];
  for (const source of people[split]) good.push(await loadPicture(models, source));
  return good;
}

export async function loadPicture(models: FaceModels, source: Source): Promise<GoodPicture> {
  return 'tile' in source
    ? { name: `tile ${source.tile}`, picture: await tileOf(source.tile) }
    : { name: `sample ${source.sample} at ${source.bridge.x}`, picture: await personOf(models, source) };
}

/** Every picture below a folder; undefined if there is no such folder. Skips files that cannot be decoded. */
export async function folderPictures(folder: string): Promise<GoodPicture[] | undefined> {
  const names = await readdir(folder, { recursive: true }).catch(() => undefined);
  if (!names) return undefined;
  const good: GoodPicture[] = [];
  for (const name of names.toSorted()) {
    const encoded = await readFile(join(folder, name)).catch(() => undefined);
    const decoded = encoded && (await decode(encoded, longestProbeSide));
    if (decoded?.ok) good.push({ name, picture: decoded.value });
  }
  return good;
}

/** Enlarges the small tiles to about 80 pixels between the eyes, as of a visitor at the counter. */
const enlarged = 3;

async function tileOf(number: number): Promise<RgbImage> {
  const { path, columns, left, top, across, down, side } = sheet;
  const tile = sharp(path).extract({
    left: Math.round(left + across * (number % columns)),
    top: Math.round(top + down * Math.floor(number / columns)),
    width: side,
    height: side,
  });
  return imageOf(sharp(await tile.png().toBuffer()).resize(side * enlarged));
}

/** The side of the crop around a face, relative to the face's longer side. */
const room = 1.7;

async function personOf(
  models: FaceModels,
  { sample, bridge }: Extract<Source, { sample: number }>,
): Promise<RgbImage> {
  const decoded = await decode(await readFile(samplePath(sample)));
  if (!decoded.ok) throw new Error(`sample ${sample} cannot be decoded`);
  const away = ({ x, y }: { x: number; y: number }) => Math.hypot(x - bridge.x, y - bridge.y);
  const [{ mesh }] = (await findFaces(models, decoded.value)).toSorted(
    (one, other) => away(one.mesh.points[6]) - away(other.mesh.points[6]),
  );
  const bounds = boundsOf(mesh.points);
  const side = Math.max(bounds.width, bounds.height) * room;
  return (await crop(decoded.value, squareAround(centreOf(bounds), side), side)).image;
}
