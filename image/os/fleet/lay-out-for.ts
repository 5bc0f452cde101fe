import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { sha256 } from '../sha256.js';
import type { Fleet } from './fleet.js';
import { layOut } from './lay-out.js';

/** Lays out a fleet for an image, beside the images that are built here, and returns the folder. */
export async function layOutFor(fleet: Fleet, image: string): Promise<string> {
  if (!existsSync(image)) {
    throw new Error(
      `${image}: イメージがありません。場所を確かめてください / there is no such image: check its path`,
    );
  }
  const name = basename(image);
  const folder = join(installation.root, 'build', 'image', `${name.replace(/\.img(\.xz)?$/, '')}-fleet`);
  await layOut(fleet, { name, sha256: await sha256(image) }, folder);
  return folder;
}
