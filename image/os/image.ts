import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { makePackage } from '../package/make.js';
import { commitTime } from '../package/commit-time.js';
import { platformOf } from '../package/platform.js';
import { logStep, run, withTempFolder } from '../package/run-program.js';
import { projectVersion } from '../package/version.js';
import { sbomOf } from './sbom/sbom.js';
import { partsOf } from './sbom/parts.js';
import type { Archive, Board } from './board.js';
import { makeBundle } from './bundle.js';
import { extractKernel, writeBootFiles } from './boot-files.js';
import { makeCard } from './card.js';
import { layFirstBoardPage } from './debug/debug.js';
import { ensureRunnable } from './binfmt.js';
import { checkInitrd } from './initrd.js';
import { checkOneLibcamera } from './one-libcamera.js';
import { addSignedBoot, readBootKey } from './raspberry-pi/signed-boot.js';
import { writeSettingsFiles } from './settings-files.js';
import { sha256 } from './sha256.js';
import { makeSlot } from './slot.js';
import { checkSecureBootKeys, type SecureBootKeys } from './uefi/secure-boot.js';
import type { UpdateKeys } from './update-keys.js';
import { buildUserspace } from './userspace.js';

export type ImageOptions = {
  readonly appliance: string | undefined;
  readonly raw: boolean;
  /** Whether to make the update for boxes that have an older version, too. */
  readonly update: boolean;
  readonly archive: Archive | undefined;
  readonly keys: UpdateKeys;
  /** What signs the boot files on UEFI; undefined for an image that Secure Boot refuses. */
  readonly secureBoot?: SecureBootKeys | undefined;
  /** Path of the PEM file that signs a Raspberry Pi's boot image. */
  readonly bootKey?: string | undefined;
};

/**
 * Builds what a vendor flashes and returns the paths: the image, its checksum, its bill of materials, its
 * update.
 */
export async function makeImage(
  board: Board,
  { appliance, raw, update, archive, keys, secureBoot, bootKey }: ImageOptions,
): Promise<readonly string[]> {
  if (process.getuid?.() !== 0) {
    throw new Error(
      'ルートのファイルを置くには管理者の権限が要ります。sudo を付けて実行してください / building a root file system needs root: run this with sudo',
    );
  }
  if (secureBoot) await checkSecureBootKeys(secureBoot);
  const signsBoot = bootKey === undefined ? undefined : await readBootKey(bootKey);
  await ensureRunnable(board.platform);
  const deb = appliance === undefined ? await makePackage(platformOf(board.platform)) : resolve(appliance);
  return withTempFolder('terashi-image-', async (work) => {
    const [version, time] = [await projectVersion(), await commitTime()];
    logStep(`Debian 13 (${board.name})`);
    const root = join(work, 'userspace');
    await buildUserspace({ board, archive, keyring: resolve(keys.keyring) }, deb, root, work, time);
    await checkOneLibcamera(root);
    const parts = await partsOf(root);
    const kernel = join(work, 'kernel');
    await mkdir(kernel);
    await extractKernel(board, root, kernel);
    await checkInitrd(join(kernel, 'initrd'), root);
    await removeHidden(root);
    logStep('erofs, verity');
    const slot = await makeSlot(root, join(work, 'root.erofs'), time);
    const boot = join(work, 'boot');
    const signer = secureBoot && { ...secureBoot, time };
    await writeBootFiles(board, { root, kernel, signer }, { slot, version }, boot);
    if (signsBoot) await addSignedBoot(boot, signsBoot, time);
    const settings = join(work, 'settings');
    await writeSettingsFiles(settings);
    if (board.debug) await layFirstBoardPage(settings);
    const name = `terashi-${version}-${board.name}${board.debug ? '-debug' : ''}`;
    const bundle = `${name}.raucb`;
    if (update) {
      logStep('rauc');
      const contents = { version, commitTime: time, slot, kernel, signer };
      await makeBundle(board, contents, keys, join(work, bundle));
    }
    logStep('genimage');
    const card = await makeCard(board.platform, { boot, settings, slot: slot.file }, work, time);
    if (!raw) {
      logStep('xz');
      // Always two threads: the output differs between one thread and several.
      await run('xz', ['--threads=2', '-3', card], { cwd: work });
    }
    const made = raw ? card : `${card}.xz`;
    const image = `${name}.img${raw ? '' : '.xz'}`;
    const hash = await sha256(made);
    const bill = join(work, `${name}.spdx.json`);
    await writeFile(bill, sbomOf({ name, version, image: { file: image, sha256: hash }, time, parts }));
    await writeFile(join(work, `${image}.sha256`), `${hash}  ${image}\n`);
    await rename(made, join(work, image));
    const files = [image, `${image}.sha256`, basename(bill), ...(update ? [bundle] : [])];
    return moveToOutput(files.map((file) => join(work, file)));
  });
}

/** Removes what a box never sees: /var is covered by a tmpfs, /boot's folders by the card's FAT partitions. */
async function removeHidden(root: string): Promise<void> {
  for (const folder of ['var', 'boot'])
    for (const name of await readdir(join(root, folder)))
      await rm(join(root, folder, name), { recursive: true });
  for (const name of ['firmware', 'settings']) await mkdir(join(root, 'boot', name));
}

/** Copies the files to the output folder, each atomically. */
async function moveToOutput(files: readonly string[]): Promise<readonly string[]> {
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
