import { existsSync } from 'node:fs';
import { mkdir, rmdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { err, ok, type Result } from '../result.js';
import { run } from './program.js';
import type { FileSystem, Stick } from './sticks.js';

/**
 * A folder for root only, in which rauc's service sees the mounts. On a box tmpfiles.d makes it at boot; the appliance's
 * other users have no access.
 */
const folder = '/run/terashi-sticks';

/** Named by the unit, which unmounts it if this program was killed. */
const point = join(folder, process.env.TERASHI_STICK_POINT ?? String(process.pid));

export type Access = 'read' | 'write';

/** Nothing on a stick is executed, and no link on it is followed (mount(8) of util-linux 2.38 and later). */
const safe = 'noexec,nosuid,nodev,nosymfollow';

const options: Record<Access, Record<FileSystem, string>> = {
  read: {
    vfat: `ro,${safe},umask=0077`,
    exfat: `ro,${safe},umask=0077`,
  },
  write: {
    vfat: `rw,${safe},umask=0077,flush`,
    exfat: `rw,${safe},umask=0077`,
  },
};

/** A mounted stick. `unmount` resolves to false if data may be missing on it. */
export type Mounted = { readonly point: string; unmount(): Promise<boolean> };

/**
 * Mounts a stick. On a box systemd does it (sd_booted(3)), because this program lacks the privilege, and its sandbox
 * would hide the mount from rauc.
 */
export async function mount(stick: Stick, access: Access): Promise<Result<Mounted, 'stick-unreadable'>> {
  const mountOptions = options[access][stick.fileSystem];
  return existsSync('/run/systemd/system')
    ? mountBySystemd(stick, mountOptions)
    : mountDirectly(stick, mountOptions);
}

async function mountBySystemd(
  { node, fileSystem }: Stick,
  mountOptions: string,
): Promise<Result<Mounted, 'stick-unreadable'>> {
  const quiet = ['--no-ask-password', '--quiet'];
  const { code } = await run('systemd-mount', [
    ...quiet,
    '--collect',
    '--automount=no',
    '--fsck=no',
    `--type=${fileSystem}`,
    `--options=${mountOptions}`,
    node,
    point,
  ]);
  const unmount = async () => {
    const { code } = await run('systemd-umount', [...quiet, point]);
    await rmdir(point).catch(() => undefined);
    return code === 0;
  };
  if (code === 0 && (await isMounted())) return ok({ point, unmount });
  // The mount may still be in progress, or be invisible to this program.
  await unmount();
  return err('stick-unreadable');
}

/** Guards against writing into the bare folder. */
async function isMounted(): Promise<boolean> {
  try {
    return (await stat(point)).dev !== (await stat(folder)).dev;
  } catch {
    return false;
  }
}

async function mountDirectly(
  { node, fileSystem }: Stick,
  mountOptions: string,
): Promise<Result<Mounted, 'stick-unreadable'>> {
  const made = await mkdir(point, { mode: 0o700, recursive: true }).then(
    () => true,
    () => false,
  );
  if (!made) return err('stick-unreadable');
  const { code } = await run('mount', ['-t', fileSystem, '-o', mountOptions, node, point]);
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
