import { stat, truncate } from 'node:fs/promises';

import { installation } from '../../appliance/installation.js';
import { output, run } from '../package/programs.js';

const { root } = installation;

/** A root file system with the tree of hashes behind it, as it lies in a slot. */
export type Slot = {
  readonly file: string;
  /** The root of the tree: who knows it knows every block. In hexadecimal. */
  readonly hash: string;
  /** Where the tree begins, in bytes. */
  readonly tree: number;
};

/** Anything fixed does: the tree's salt and the file systems' names need not be secret, only the same each time. */
const uuid = '7e7a511c-0de0-4a5d-8f1e-000000000001';
const salt = '7e7a511c0de04a5d8f1e000000000001'.repeat(2);

/** In bytes: what verity reads at once, and what the tree must begin at a multiple of. */
const block = 4096;

/**
 * Makes a folder the root of a slot: read-only by its kind, each block known by a hash.
 *
 * @param compression of mkfs.erofs(1): what is written once and read for years is worth the time of the better one
 */
export async function makeSlot(
  folder: string,
  file: string,
  madeAt: number,
  compression: 'lz4hc' | 'lz4' = 'lz4hc',
): Promise<Slot> {
  await run(
    'mkfs.erofs',
    ['--quiet', '-d0', `-z${compression}`, `-T${madeAt}`, `-U${uuid}`, '-x-1', file, folder],
    {
      cwd: root,
    },
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
