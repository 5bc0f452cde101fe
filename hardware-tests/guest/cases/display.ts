import { isDeepStrictEqual } from 'node:util';

import { wordsIn } from '../../../appliance/panel/words/said.js';
import { until } from '../../counter/until.js';
import type { Box } from '../box.js';
import { DisplayReader } from '../display-reader.js';
import { longTimeoutMs } from '../timeouts.js';

/** Reads the display, on which the screen starts by itself: it says that the box is ready, in Japanese. */
export async function showsScreen(box: Box, file: string): Promise<string> {
  await box.appliance.clerk.waitFor(({ scene }) => scene.name === 'idle', 'a box that is ready');
  const { title } = wordsIn.ja.idle;
  await untilRead(box, file, title, (rows) => rows.includes(title));
  return `「${title}」: ${file}`;
}

/** Waits until the display shows these rows of text and no others. Keeps its last picture. */
export async function showsRows(box: Box, file: string, rows: readonly string[]): Promise<void> {
  await untilRead(box, file, rows.join(''), (read) => isDeepStrictEqual(read, rows));
}

/** Reads the rows of a display that are not empty, without the spaces around them, until they are what is awaited. */
async function untilRead(
  { machine }: Box,
  file: string,
  characters: string,
  isAwaited: (rows: readonly string[]) => boolean,
): Promise<void> {
  const reader = new DisplayReader(characters);
  let rows: readonly string[] = [];
  const look = async () => {
    await machine.screenshot(file);
    rows = (await reader.read(file)).map((row) => row.trim()).filter((row) => row !== '');
    return isAwaited(rows);
  };
  const options = { timeoutMs: longTimeoutMs, intervalMs: 2000, seen: () => rows };
  await until('the words on the display', look, options);
}
