import { join } from 'node:path';

import sharp from 'sharp';

import { installation } from '../../appliance/installation.js';

/** Two pictures of the visitor of the practice visits, in front of a wall. */
export const practice = ['30.jpg', '10.jpg'].map((name) => join(installation.practice, 'camera', name));

/**
 * The pictures scaled to so many megapixels, as JPEGs in a folder.
 *
 * @param pictures files
 * @returns their paths
 */
export async function scaledTo(
  megapixels: number,
  pictures: readonly string[],
  folder: string,
): Promise<string[]> {
  const made: string[] = [];
  for (const [i, picture] of pictures.entries()) {
    const { width, height } = await sharp(picture).metadata();
    const scale = Math.sqrt((megapixels * 1e6) / (width * height));
    const path = join(folder, `${i}-${megapixels}.jpg`);
    await sharp(picture)
      .resize(Math.round(width * scale), Math.round(height * scale), { fit: 'fill' })
      .jpeg({ quality: 90 })
      .toFile(path);
    made.push(path);
  }
  return made;
}
