import { existsSync } from 'node:fs';
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { run } from './program.js';
import type { FileSystem, Stick } from './sticks.js';

/**
 * Where only root gets in, and rauc's own service sees what is mounted. On a box it is laid at the start (tmpfiles.d), and
 * closed to whoever else belongs to the appliance.
 */
const folder = '/run/terashi-sticks';

/** The unit names the point, and takes the stick away when this program was killed and no longer can. */
const point = join(folder, process.env.TERASHI_STICK_POINT ?? String(process.pid));

/** What a stick is mounted for. */
export type Access = 'read' | 'write';

/** Nothing of a stick is run, and no link on it followed (mount(8) of util-linux 2.38 and later). */
const warily = 'noexec,nosuid,nodev,nosymfollow';

/** Nothing is written to a stick that is read: ext4 would replay its journal. */
const options: Record<Access, Record<FileSystem, string>> = {
  read: {
    vfat: `ro,${warily},umask=0077`,
    exfat: `ro,${warily},umask=0077`,
    ext4: `ro,${warily},noload`,
  },
  write: {
    vfat: `rw,${warily},umask=0077,flush`,
    exfat: `rw,${warily},umask=0077`,
    ext4: `rw,${warily}`,
  },
};

/** A stick that is mounted, and how it is let go: false where not all that was written is known to be on it. */
export type Mounted = { readonly point: string; unmount(): Promise<boolean> };

/**
 * Mounts a stick. systemd does it where it is the init (sd_booted(3)): this program has no right to, and a mount of its
 * own would be seen by nobody else.
 */
export async function mount(stick: Stick, access: Access): Promise<Result<Mounted, 'stick-unreadable'>> {
  const how = options[access][stick.fileSystem];
  return existsSync('/run/systemd/system') ? bySystemd(stick, how) : byHand(stick, how);
}

async function bySystemd(
  { node, fileSystem }: Stick,
  how: string,
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
  const unmount = async () => {
    const { code } = await run('systemd-umount', [...quietly, point]);
    await rmdir(point).catch(() => undefined);
    return code === 0;
  };
  if (code === 0 && (await isMounted())) return ok({ point, unmount });
  // What was asked for may still be under way, or be seen by others only.
  await unmount();
  return err('stick-unreadable');
}

/** A folder at which nothing is mounted would be written to as well. */
async function isMounted(): Promise<boolean> {
  try {
    return (await stat(point)).dev !== (await stat(folder)).dev;
  } catch {
    return false;
  }
}

async function byHand(
  { node, fileSystem }: Stick,
  how: string,
): Promise<Result<Mounted, 'stick-unreadable'>> {
  const made = await mkdir(point, { mode: 0o700, recursive: true }).then(
    () => true,
    () => false,
  );
  if (!made) return err('stick-unreadable');
  const { code } = await run('mount', ['-t', fileSystem, '-o', how, node, point]);
  const unmount = async () => {
    const { code } = await run('umount', [point]);
    if (code !== 0) await run('umount', ['--lazy', point]);
    await rmdir(point).catch(() => undefined);
    return code === 0;
  };
  if (code === 0) return ok({ point, unmount });
  await rmdir(point).catch(() => undefined);
  return err('stick-unreadable');
}
