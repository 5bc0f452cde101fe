import { cp, link, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

import { run } from '../package/programs.js';
import type { Board } from './board.js';
import { startOf } from './boot-files.js';
import { slotNames } from './options.js';
import type { Slot } from './slot.js';
import type { UpdateKeys } from './update-keys.js';

/** What a box calls itself to rauc, and a bundle that is made for it. */
export const compatibleOf = ({ name }: Pick<Board, 'name'>): string => `terashi-${name}`;

/** The bundle as rauc reads it: its reference, "Manifest". */
export const manifestOf = (compatible: string, version: string): string =>
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

/** The box's own program lays what the slot that was written starts with: kernel and command line, which bears its hash. */
const hook = `#!/bin/sh
[ "$1" != slot-post-install ] || exec /usr/lib/terashi/slots lay "$RAUC_SLOT_BOOTNAME" "$RAUC_BUNDLE_MOUNT_POINT"
`;

/** What an update brings: a version, when it was made (in seconds since 1970), its root, and the folder with what starts it. */
export type Brought = {
  readonly version: string;
  readonly madeAt: number;
  readonly slot: Slot;
  /** Holds what either slot starts with: the kernel and its initrd, and a board's device trees. */
  readonly kernel: string;
};

/**
 * Makes a signed bundle, which a stick brings to a box. What it brings is the same bytes each time; rauc's salt and the
 * signature, behind that, are not.
 *
 * @param compressed whether what is compressed already is compressed once more: it takes a minute, and a seventh less room
 */
export async function makeBundle(
  board: Pick<Board, 'name' | 'console' | 'start'>,
  { version, madeAt, slot, kernel }: Brought,
  { certificate, key }: UpdateKeys,
  bundle: string,
  compressed = true,
): Promise<void> {
  const folder = `${bundle}.d`;
  await cp(kernel, join(folder, 'boot'), { recursive: true });
  await link(slot.file, join(folder, 'root.img'));
  await writeFile(join(folder, 'hook'), hook, { mode: 0o755 });
  for (const name of slotNames) {
    await mkdir(join(folder, `boot-${name}`));
    for (const [file, text] of Object.entries(startOf(board, name, slot, version)))
      await writeFile(join(folder, `boot-${name}`, file), text);
  }
  await writeFile(join(folder, 'manifest.raucm'), manifestOf(compatibleOf(board), version));
  const signed = [`--cert=${resolve(certificate)}`, `--key=${resolve(key)}`];
  const squashed = compressed ? [] : ['--mksquashfs-args=-noD'];
  await run('rauc', ['bundle', ...signed, ...squashed, folder, bundle], {
    cwd: dirname(bundle),
    env: { SOURCE_DATE_EPOCH: String(madeAt) },
  });
}
