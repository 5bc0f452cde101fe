import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import type { Box } from './boxes.js';
import type { Fleet } from './fleet.js';
import { codeFile, labelCode, type LabelledImage, labelLines, labelsPage, labelsText } from './labels.js';

/**
 * Writes a folder for the boxes of a fleet: `boxes/NAME`, to lay on the settings partition of the box's card, and the
 * labels. It appears as a whole, in place of an earlier one.
 */
export async function layOut(fleet: Fleet, image: LabelledImage, folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    await mkdir(join(unfinished, 'labels'), { recursive: true });
    for (const box of fleet.boxes) {
      await laySettings(fleet, box, join(unfinished, 'boxes', box.name));
      await writeFile(join(unfinished, codeFile(box)), labelCode(labelLines(box, image)));
    }
    await writeFile(join(unfinished, 'labels.html'), labelsPage(fleet.boxes, image));
    await writeFile(join(unfinished, 'labels.txt'), labelsText(fleet.boxes, image));
    await replace(folder, unfinished);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

async function laySettings({ folder, files }: Fleet, box: Box, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  await writeFile(join(to, 'terashi.toml'), box.toml);
  for (const file of [...files, ...box.files]) {
    await mkdir(dirname(join(to, file)), { recursive: true });
    await cp(join(folder, file), join(to, file), { recursive: true });
  }
}

async function replace(folder: string, by: string): Promise<void> {
  const old = `${folder}.old`;
  await rm(old, { recursive: true, force: true });
  if (existsSync(folder)) await rename(folder, old);
  await rename(by, folder);
  await rm(old, { recursive: true, force: true });
}
