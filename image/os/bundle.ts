import { link, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { run } from '../package/run-program.js';
import type { Board } from './board.js';
import { type Kernel, writeUpdateFiles } from './boot-files.js';
import type { Slot } from './slot.js';
import type { UpdateKeys } from './update-keys.js';

/** The rauc `compatible` string of a box and of the bundles for it. */
const compatibleOf = ({ name }: Pick<Board, 'name'>): string => `terashi-${name}`;

/** rauc's bundle manifest (rauc reference, "Manifest"). */
const manifestOf = (compatible: string, version: string): string =>
  [
    '[update]',
    `compatible=${compatible}`,
    `version=${version}`,
    '[bundle]',
    'format=verity',
    '[hooks]',
    'filename=hook',
    '[image.root]',
    'filename=root.img',
    'hooks=post-install',
    '',
  ].join('\n');

/** The box's own `slots` program installs the written slot's boot files: kernel, and command line with its hash. */
const hook = `#!/bin/sh
[ "$1" != slot-post-install ] || exec /usr/lib/terashi/slots lay "$RAUC_SLOT_BOOTNAME" "$RAUC_BUNDLE_MOUNT_POINT"
`;

/** The contents of an update: version, commit time in seconds since 1970, root, and what starts it. */
export type UpdateContents = Kernel & {
  readonly version: string;
  readonly commitTime: number;
  readonly slot: Slot;
};

/**
 * Builds a signed update bundle for a USB stick. Its contents are reproducible; rauc's salt and signature
 * differ each time.
 *
 * @param compressed whether to compress the already compressed root again: takes a minute, saves a seventh
 */
export async function makeBundle(
  board: Pick<Board, 'name' | 'console' | 'start'>,
  { version, commitTime, slot, kernel, signer }: UpdateContents,
  { certificate, key }: UpdateKeys,
  bundle: string,
  compressed = true,
): Promise<void> {
  const folder = `${bundle}.d`;
  await mkdir(folder);
  await writeUpdateFiles(board, { kernel, signer }, { slot, version }, folder);
  await link(slot.file, join(folder, 'root.img'));
  await writeFile(join(folder, 'hook'), hook, { mode: 0o755 });
  await writeFile(join(folder, 'manifest.raucm'), manifestOf(compatibleOf(board), version));
  const signed = [`--cert=${resolve(certificate)}`, `--key=${resolve(key)}`];
  const squashed = compressed ? [] : ['--mksquashfs-args=-noD'];
  await run('rauc', ['bundle', ...signed, ...squashed, folder, bundle], {
    cwd: dirname(bundle),
    env: { SOURCE_DATE_EPOCH: String(commitTime) },
  });
}
