import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

import sharp from 'sharp';

import type { Box } from '../box.js';

/** In milliseconds: the terminal has drawn what the core showed last. */
const drawn = 15_000;

/** Takes a picture of the display, on which the screen came up without anybody's doing. */
export async function showsScreen(box: Box, file: string): Promise<string> {
  await box.bench.clerk.until(({ scene }) => scene.name === 'idle', 'a box that is ready');
  await wait(drawn);
  await box.machine.photographDisplay(file);
  const { width, height, channels } = await sharp(file).metadata();
  const { data } = await sharp(file).greyscale().raw().toBuffer({ resolveWithObject: true });
  const lit = data.filter((level) => level > 128).length / data.length;
  // Black with words on it: some of it is lit, and most is not.
  assert(lit > 0.005 && lit < 0.5, `${(lit * 100).toFixed(1)} % of the display is lit`);
  return `${width} × ${height}, ${channels} channels, ${(lit * 100).toFixed(1)} % lit: ${file}`;
}
