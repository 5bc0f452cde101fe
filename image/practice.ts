import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../appliance/installation.js';
import { drawBlank, drawPage } from './practice/card.js';
import { cardHolder, portrait, stranger, type Visitor } from './practice/samples.js';
import { drawHeldTestCard, drawScannedTestCard, testCardPdf } from './practice/test-card.js';
import { cutOut, drawFrame, drawWall, poses } from './practice/visitor.js';

/**
 * Makes the practice pictures from sample pictures of the npm packages: a page with a card, an empty page,
 * and two visitors (the card's owner in `camera/`, somebody else in `other-camera/`). Also the bench test's
 * test card: to print, on the glass, and in front of the camera. Does nothing if they are up to date.
 */
async function main(): Promise<void> {
  const stamp = join(installation.practice, '.made-from');
  const recipe = recipeHash();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === recipe) {
    console.log('練習用の画像: できています / practice pictures: already there');
    return;
  }
  const unfinished = `${installation.practice}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { recursive: true });
  await writeFile(join(unfinished, 'card.png'), await drawPage());
  await writeFile(join(unfinished, 'blank.png'), await drawBlank());
  await mkdir(join(unfinished, 'test-card'));
  await writeFile(join(unfinished, 'test-card.pdf'), testCardPdf());
  await writeFile(join(unfinished, 'test-card', 'page.png'), await drawScannedTestCard());
  await writeFile(join(unfinished, 'test-card', 'view.jpg'), await drawHeldTestCard());
  await writeFrames(cardHolder, join(unfinished, 'camera'));
  await writeFrames(stranger, join(unfinished, 'other-camera'));
  await writeFile(join(unfinished, '.made-from'), recipe);
  await rm(installation.practice, { recursive: true, force: true });
  await rename(unfinished, installation.practice);
  console.log('練習用の画像: 作りました / practice pictures: made');
}

async function writeFrames(visitor: Visitor, folder: string): Promise<void> {
  await mkdir(folder);
  const [figure, wall] = await Promise.all([cutOut(visitor), drawWall()]);
  let number = 0;
  for (const pose of poses()) {
    number += 1;
    const name = `${String(number).padStart(2, '0')}.jpg`;
    await writeFile(join(folder, name), await drawFrame(visitor, figure, wall, pose));
  }
}

/** Hashes everything that the pictures depend on: this program and the samples. */
function recipeHash(): string {
  const rooms = [import.meta.dirname, join(import.meta.dirname, 'practice')];
  const programs = rooms.flatMap((room) =>
    readdirSync(room)
      .filter((name) => name.endsWith('.js'))
      .map((name) => join(room, name)),
  );
  const hash = createHash('sha256');
  for (const file of [...programs.sort(), portrait.file, cardHolder.file, stranger.file]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

await main();
