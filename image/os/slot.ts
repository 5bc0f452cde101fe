import { spawnSync } from 'node:child_process';
import { stat, truncate } from 'node:fs/promises';

import { installation } from '../../appliance/installation.js';
import { output, run } from '../package/run-program.js';

const { root } = installation;

/** A root file system followed by its verity hash tree, as written to a slot. */
export type Slot = {
  readonly file: string;
  /** The tree's root hash in hexadecimal; authenticates every block. */
  readonly hash: string;
  /** The tree's offset in bytes. */
  readonly tree: number;
};

/** Arbitrary but fixed: salt and UUID need not be secret, only reproducible. */
const uuid = '7e7a511c-0de0-4a5d-8f1e-000000000001';
const salt = '7e7a511c0de04a5d8f1e000000000001'.repeat(2);

/** In bytes: the block size of erofs and of verity, to which the tree is aligned. */
const block = 4096;

/**
 * What has mkfs.erofs use blocks of 4096 bytes, which every kernel mounts. From version 1.6 on it takes those of the
 * computer's own pages; before, it knew no others and no such option.
 */
function blockOption(): readonly string[] {
  const { stdout, stderr } = spawnSync('mkfs.erofs', ['--help'], { encoding: 'utf8' });
  return (stdout + stderr).includes(' -b# ') ? [`-b${block}`] : [];
}

/**
 * Packs a folder as a slot's root: erofs, with a verity hash tree.
 *
 * @param compression of mkfs.erofs(1): written once and read for years, so the slower, better one is worth it
 */
export async function makeSlot(
  folder: string,
  file: string,
  commitTime: number,
  compression: 'lz4hc' | 'lz4' = 'lz4hc',
): Promise<Slot> {
  await run(
    'mkfs.erofs',
    [
      ...['--quiet', '-d0', ...blockOption()],
      ...[`-z${compression}`, `-T${commitTime}`, `-U${uuid}`, '-x-1', file, folder],
    ],
    { cwd: root },
  );
  const tree = Math.ceil((await stat(file)).size / block) * block;
  await truncate(file, tree);
  const printed = await output(
    'veritysetup',
    [
      'format',
      `--uuid=${uuid}`,
      `--salt=${salt}`,
      `--hash-offset=${tree}`,
      `--data-blocks=${tree / block}`,
      file,
      file,
    ],
    { cwd: root },
  );
  const found = /^Root hash:\s+([0-9a-f]{64})$/m.exec(printed);
  if (!found) throw new Error(`veritysetup: ${printed}`);
  return { file, hash: found[1], tree };
}
