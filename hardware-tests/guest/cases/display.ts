import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';

import sharp from 'sharp';

import type { Box } from '../box.js';

/** In milliseconds: a screen that starts with the box has drawn its first words; and it has drawn what came last. */
const patience = 180_000;
const drawn = 15_000;

/** Takes a picture of the display, on which the screen came up without anybody's doing. */
export async function showsScreen(box: Box, file: string): Promise<string> {
  await box.bench.clerk.until(({ scene }) => scene.name === 'idle', 'a box that is ready');
  for (const deadline = performance.now() + patience; (await litOn(box, file)) < someWords;) {
    assert(performance.now() < deadline, 'nothing is shown on the display');
    await wait(2000);
  }
  await wait(drawn);
  const lit = await litOn(box, file);
  // Black with words on it: some of it is lit, and most is not.
  assert(lit > someWords && lit < 0.5, `${percent(lit)} of the display is lit`);
  const { width, height, channels } = await sharp(file).metadata();
  return `${width} × ${height}, ${channels} channels, ${percent(lit)} lit: ${file}`;
}

const someWords = 0.005;
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** How much of the display is lit, of which the picture is kept. */
async function litOn({ machine }: Box, file: string): Promise<number> {
  await machine.photographDisplay(file);
  const levels = await sharp(file).greyscale().raw().toBuffer();
  return levels.filter((level) => level > 128).length / levels.length;
}
