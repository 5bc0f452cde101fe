import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';

import sharp from 'sharp';

import { until } from '../../counter/until.js';
import type { Box } from '../box.js';
import { DisplayReader } from '../display-reader.js';
import { longTimeoutMs } from '../timeouts.js';

/** In milliseconds: by then the screen has drawn the last view. */
const drawnMs = 15_000;

/** Share of pixels that are lit once there are words on the display. */
const someWords = 0.005;

/** Takes a picture of the display, on which the screen starts by itself. */
export async function showsScreen(box: Box, file: string): Promise<string> {
  await box.appliance.clerk.waitFor(({ scene }) => scene.name === 'idle', 'a box that is ready');
  return hasWordsOnDisplay(box, file);
}

/** Waits until the display shows these rows of text and no others, and reads them off its picture, which it keeps. */
export async function readsOnDisplay({ machine }: Box, rows: readonly string[], file: string): Promise<void> {
  const reader = new DisplayReader(rows.join(''));
  let seen: readonly string[] = [];
  const isThere = async () => {
    await machine.screenshot(file);
    seen = (await reader.read(file)).map((row) => row.trim()).filter((row) => row !== '');
    return isDeepStrictEqual(seen, rows);
  };
  const options = { timeoutMs: longTimeoutMs, intervalMs: 2000, seen: () => seen.join('\n') };
  await until('the words on the display', isThere, options);
}

/** Waits for words on the display, whatever they are. */
async function hasWordsOnDisplay(box: Box, file: string): Promise<string> {
  const hasWords = async () => (await litShare(box, file)) >= someWords;
  await until('words on the display', hasWords, { timeoutMs: longTimeoutMs, intervalMs: 2000 });
  await sleep(drawnMs);
  const lit = await litShare(box, file);
  // Words on black: some of it is lit, and most is not.
  assert(lit > someWords && lit < 0.5, `${percent(lit)} of the display is lit`);
  const { width, height, channels } = await sharp(file).metadata();
  return `${width} × ${height}, ${channels} channels, ${percent(lit)} lit: ${file}`;
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

/** The share of the display's pixels that are lit. Keeps the picture. */
async function litShare({ machine }: Box, file: string): Promise<number> {
  await machine.screenshot(file);
  const levels = await sharp(file).greyscale().raw().toBuffer();
  return levels.filter((level) => level > 128).length / levels.length;
}
