import { existsSync } from 'node:fs';
import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { run } from './program.js';
import type { FileSystem, Stick } from './sticks.js';

/** Where only root gets in, and rauc's own service sees what is mounted. */
const folder = '/run';

/** Nothing of a stick is run, and nothing is written to it: ext4 would replay its journal. */
const options: Record<FileSystem, string> = {
  vfat: 'ro,noexec,nosuid,nodev,umask=0077',
  exfat: 'ro,noexec,nosuid,nodev,umask=0077',
  ext4: 'ro,noexec,nosuid,nodev,noload',
};

/** A stick that is mounted, and how it is let go. */
export type Mounted = { readonly point: string; unmount(): Promise<void> };

/**
 * Mounts a stick. systemd does it where it is the init (sd_booted(3)): this program has no right to, and a mount of its
 * own would be seen by nobody else.
 */
export async function mount(stick: Stick): Promise<Result<Mounted, 'stick-unreadable'>> {
  const point = join(folder, `terashi-update-${process.pid}`);
  return existsSync('/run/systemd/system') ? bySystemd(stick, point) : byHand(stick, point);
}

async function bySystemd(
  { node, fileSystem }: Stick,
  point: string,
): Promise<Result<Mounted, 'stick-unreadable'>> {
  const quietly = ['--no-ask-password', '--quiet'];
  const { code } = await run('systemd-mount', [
    ...quietly,
    '--collect',
    '--automount=no',
    '--fsck=no',
    `--type=${fileSystem}`,
    `--options=${options[fileSystem]}`,
    node,
    point,
  ]);
  if (code !== 0) return err('stick-unreadable');
  return ok({
    point,
    async unmount() {
      await run('systemd-umount', [...quietly, point]);
    },
  });
}

async function byHand(
  { node, fileSystem }: Stick,
  point: string,
): Promise<Result<Mounted, 'stick-unreadable'>> {
  const made = await mkdir(point, { mode: 0o700, recursive: true }).then(
    () => true,
    () => false,
  );
  if (!made) return err('stick-unreadable');
  const { code } = await run('mount', ['-t', fileSystem, '-o', options[fileSystem], node, point]);
  const leave = async () => {
    await run('umount', ['--lazy', point]);
    await rmdir(point).catch(() => undefined);
  };
  if (code === 0) return ok({ point, unmount: leave });
  await rmdir(point).catch(() => undefined);
  return err('stick-unreadable');
}
