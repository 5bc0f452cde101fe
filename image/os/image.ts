import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { installation } from '../../appliance/installation.js';
import { makePackage } from '../package/make.js';
import { madeAt } from '../package/made-at.js';
import { platformOf } from '../package/platform.js';
import { inWorkFolder, run, say } from '../package/programs.js';
import { projectVersion } from '../package/version.js';
import { billOf } from './bill/bill.js';
import { partsOf } from './bill/parts.js';
import type { Archive, Board } from './board.js';
import { makeBundle } from './bundle.js';
import { layBootFiles, startOf, takeKernel } from './boot-files.js';
import { makeCard } from './card.js';
import { ensureRuns } from './foreign.js';
import { makeSlot } from './slot.js';
import type { UpdateKeys } from './update-keys.js';
import { layUserspace } from './userspace.js';

export type Wishes = {
  readonly appliance: string | undefined;
  readonly raw: boolean;
  /** Whether to make the update for boxes that have an older version, too. */
  readonly update: boolean;
  readonly archive: Archive | undefined;
  readonly keys: UpdateKeys;
};

/**
 * Builds what a vendor flashes and returns the paths: the image, its checksum, its bill of materials, its
 * update.
 */
export async function makeImage(
  board: Board,
  { appliance, raw, update, archive, keys }: Wishes,
): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'ルートのファイルを置くには管理者の権限が要ります。sudo を付けて実行してください / building a root file system needs root: run this with sudo',
    );
  }
  await ensureRuns(board.platform);
  const deb = appliance === undefined ? await makePackage(platformOf(board.platform)) : resolve(appliance);
  return inWorkFolder('terashi-image-', async (work) => {
    const [version, time] = [await projectVersion(), await madeAt()];
    say(`Debian 13 (${board.name})`);
    const root = join(work, 'userspace');
    await layUserspace({ board, archive, keyring: resolve(keys.keyring) }, deb, root, work, time);
    const parts = await partsOf(root);
    const kernel = join(work, 'kernel');
    await mkdir(kernel);
    await takeKernel(board, root, kernel);
    await hide(root);
    say('erofs, verity');
    const slot = await makeSlot(root, join(work, 'root.erofs'), time);
    const boot = join(work, 'boot');
    await layBootFiles(board, { root, kernel }, startOf(board, 'a', slot, version), boot);
    const name = `terashi-${version}-${board.name}`;
    const bundle = `${name}.raucb`;
    if (update) {
      say('rauc');
      await makeBundle(board, { version, madeAt: time, slot, kernel }, keys, join(work, bundle));
    }
    say('genimage');
    const card = await makeCard(board.platform, { boot, slot: slot.file }, work, time);
    if (!raw) {
      say('xz');
      // Always two threads: the output differs between one thread and several.
      await run('xz', ['--threads=2', '-3', card], { cwd: work });
    }
    const made = raw ? card : `${card}.xz`;
    const image = `${name}.img${raw ? '' : '.xz'}`;
    const hash = await sha256(made);
    const bill = join(work, `${name}.spdx.json`);
    await writeFile(bill, billOf({ name, version, image: { file: image, sha256: hash }, time, parts }));
    await writeFile(join(work, `${image}.sha256`), `${hash}  ${image}\n`);
    await rename(made, join(work, image));
    const files = [image, `${image}.sha256`, basename(bill), ...(update ? [bundle] : [])];
    return keep(files.map((file) => join(work, file)));
  });
}

/** Removes what a box never sees: /var is covered by a tmpfs, /boot/firmware by the boot partition. */
async function hide(root: string): Promise<void> {
  for (const folder of ['var', 'boot'])
    for (const name of await readdir(join(root, folder)))
      await rm(join(root, folder, name), { recursive: true });
  await mkdir(join(root, 'boot', 'firmware'));
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Copies the files to the output folder, each atomically. */
async function keep(files: readonly string[]): Promise<readonly string[]> {
  const folder = join(installation.root, 'build', 'image');
  await mkdir(folder, { recursive: true });
  const kept = files.map((file) => join(folder, basename(file)));
  const unfinished = kept.map((file) => `${file}.new`);
  try {
    for (const [i, file] of files.entries())
      await run('cp', ['--sparse=always', file, unfinished[i]], { cwd: folder });
    for (const [i, file] of kept.entries()) await rename(unfinished[i], file);
  } finally {
    for (const file of unfinished) await rm(file, { force: true });
  }
  return kept;
}
