import { existsSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { run } from './program.js';
import type { FileSystem, Stick } from './sticks.js';

/** Where only root gets in, and rauc's own service sees what is mounted. */
const folder = '/run';

/** What a stick is mounted for. */
export type Access = 'read' | 'write';

/** Nothing of a stick is run. Nothing is written to one that is read: ext4 would replay its journal. */
const options: Record<Access, Record<FileSystem, string>> = {
  read: {
    vfat: 'ro,noexec,nosuid,nodev,umask=0077',
    exfat: 'ro,noexec,nosuid,nodev,umask=0077',
    ext4: 'ro,noexec,nosuid,nodev,noload',
  },
  write: {
    vfat: 'rw,noexec,nosuid,nodev,umask=0077,flush',
    exfat: 'rw,noexec,nosuid,nodev,umask=0077',
    ext4: 'rw,noexec,nosuid,nodev',
  },
};

/** A stick that is mounted, and how it is let go: false where not all that was written is known to be on it. */
export type Mounted = { readonly point: string; unmount(): Promise<boolean> };

/**
 * Mounts a stick. systemd does it where it is the init (sd_booted(3)): this program has no right to, and a mount of its
 * own would be seen by nobody else.
 */
export async function mount(stick: Stick, access: Access): Promise<Result<Mounted, 'stick-unreadable'>> {
  const point = join(folder, `terashi-stick-${process.pid}`);
  const how = options[access][stick.fileSystem];
  return existsSync('/run/systemd/system') ? bySystemd(stick, how, point) : byHand(stick, how, point);
}

async function bySystemd(
  { node, fileSystem }: Stick,
  how: string,
  point: string,
): Promise<Result<Mounted, 'stick-unreadable'>> {
  const quietly = ['--no-ask-password', '--quiet'];
  const { code } = await run('systemd-mount', [
    ...quietly,
    '--collect',
    '--automount=no',
    '--fsck=no',
    `--type=${fileSystem}`,
    `--options=${how}`,
    node,
    point,
  ]);
  if (code !== 0) return err('stick-unreadable');
  return ok({
    point,
    async unmount() {
      return (await run('systemd-umount', [...quietly, point])).code === 0;
    },
  });
}

async function byHand(
  { node, fileSystem }: Stick,
  how: string,
  point: string,
): Promise<Result<Mounted, 'stick-unreadable'>> {
  const made = await mkdir(point, { mode: 0o700, recursive: true }).then(
    () => true,
    () => false,
  );
  if (!made) return err('stick-unreadable');
  const { code } = await run('mount', ['-t', fileSystem, '-o', how, node, point]);
  const leave = async () => {
    const { code } = await run('umount', [point]);
    if (code !== 0) await run('umount', ['--lazy', point]);
    await rmdir(point).catch(() => undefined);
    return code === 0;
  };
  if (code === 0) return ok({ point, unmount: leave });
  await rmdir(point).catch(() => undefined);
  return err('stick-unreadable');
}
