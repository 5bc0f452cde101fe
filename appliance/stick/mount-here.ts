import { mkdir, rmdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Access, Mounted } from './mounted.js';
import { run } from './program.js';
import type { FileSystem, Stick } from './sticks.js';

/** Here rauc's service sees the mounts. On a box tmpfiles.d makes it at boot. */
const folder = '/run/terashi-sticks';

/** The unit names it, and unmounts it if this program was killed. */
export const newPoint = (): string => join(folder, process.env.TERASHI_STICK_POINT ?? String(process.pid));

/** Nothing on a stick is executed, and no link on it is followed (mount(8) of util-linux 2.38 and later). */
const safe = 'noexec,nosuid,nodev,nosymfollow,umask=0077';

const options: Record<Access, Record<FileSystem, string>> = {
  read: { vfat: `ro,${safe}`, exfat: `ro,${safe}` },
  write: { vfat: `rw,${safe},flush`, exfat: `rw,${safe}` },
};

/**
 * Mounts a stick with this process's own rights; undefined if that fails.
 *
 * @param point a folder, which is made, and removed with the mount
 * @param owner the user to whom the files belong, for whom alone they are; by default this process's
 */
export async function mountHere(
  { node, fileSystem }: Stick,
  access: Access,
  point: string,
  owner?: string,
): Promise<Mounted | undefined> {
  const made = await mkdir(point, { mode: 0o700, recursive: true }).then(
    () => true,
    () => false,
  );
  if (!made) return undefined;
  const chosen = options[access][fileSystem] + (owner === undefined ? '' : `,uid=${owner}`);
  const { code } = await run('mount', ['-t', fileSystem, '-o', chosen, node, point]);
  const unmount = async () => {
    const { code } = await run('umount', [point]);
    if (code !== 0) await run('umount', ['--lazy', point]);
    await rmdir(point).catch(() => undefined);
    return code === 0;
  };
  if (code === 0) return { point, unmount };
  await rmdir(point).catch(() => undefined);
  return undefined;
}
