import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { output } from '../package/run-program.js';

/** What opens a root. Each line is one thing under its several names; any of them will do. */
const programs = [['usr/sbin/veritysetup', 'sbin/veritysetup'], ['scripts/local-top/terashi-verity']];
const modules = [
  ['dm_verity'],
  ['erofs'],
  // The hash of verity's tree: the kernel's portable code, or the processor's own. Kernels from 6.16 on call it sha256.
  ['sha256_generic', 'sha256', 'sha256_arm64', 'sha2_ce', 'sha256_ssse3'],
];

/** What an initrd lacks of what opens a root: names of programs and modules. Empty if it lacks nothing. */
export async function missingIn(initrd: string, root: string): Promise<readonly string[]> {
  const listed = (await output('lsinitramfs', [initrd], { cwd: root })).split('\n');
  const files = new Set(listed.map((file) => file.replace(/^\.\//, '')));
  const known = new Set([...listed.flatMap(moduleOf), ...(await builtIn(root))]);
  return [
    ...programs.filter((names) => !names.some((name) => files.has(name))),
    ...modules.filter((names) => !names.some((name) => known.has(name))),
  ].map(([name]) => name);
}

/**
 * Refuses an initrd that could not open its root: such a box would start, and restart, for ever.
 *
 * @param root the folder of the root, with the kernel's list of what is built into it
 * @throws an error that names what is missing
 */
export async function checkInitrd(initrd: string, root: string): Promise<void> {
  const missing = await missingIn(initrd, root);
  if (missing.length === 0) return;
  throw new Error(
    `initrd に ${missing.join('、')} がないので、装置が起動できません。image/os/root/etc/initramfs-tools と、カーネルのパッケージを確かめてください / ` +
      `The initrd lacks ${missing.join(', ')}: the box could not start. Check image/os/root/etc/initramfs-tools and the kernel's package`,
  );
}

/** The module in a file such as `dm-verity.ko.xz`. Hyphens and underscores are the same in names of modules. */
function moduleOf(file: string): readonly string[] {
  const found = /([^/]+)\.ko(\.\w+)?$/.exec(file);
  return found ? [found[1].replaceAll('-', '_')] : [];
}

/** The modules that are part of the root's kernels (modules.builtin, kbuild). */
async function builtIn(root: string): Promise<readonly string[]> {
  const folder = join(root, 'usr', 'lib', 'modules');
  const lists = (await readdir(folder)).map((version) => join(folder, version, 'modules.builtin'));
  const read = await Promise.all(lists.map((list) => readFile(list, 'utf8')));
  return read.flatMap((text) => text.split('\n')).flatMap(moduleOf);
}
