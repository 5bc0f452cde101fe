import { createHash } from 'node:crypto';
import {
  createWriteStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { mirror } from '../../image/os/mirror.js';

const recipes = join(installation.root, 'hardware-tests', 'guest', 'root');

/** What the guest starts from. */
export type Root = { readonly kernel: string; readonly initrd: string; readonly disk: string };

/** What of Debian 13 the guest is made of, beside what is essential to every Debian. */
const userspace = [
  ...['systemd', 'systemd-sysv', 'udev', 'kmod'],
  'libsane1',
  ...['gstreamer1.0-tools', 'gstreamer1.0-plugins-base', 'gstreamer1.0-plugins-base-apps'],
  ...['gstreamer1.0-plugins-good', 'gstreamer1.0-libcamera', 'libcamera-ipa'],
];

/** The kernel and what it takes to build a module for it; no more of a Debian than that. */
const kernel = [
  ...[
    'base-files',
    'dash',
    'coreutils',
    'sed',
    'grep',
    'mawk',
    'findutils',
    'tar',
    'xz-utils',
    'cpio',
    'kmod',
  ],
  ...['busybox-static', 'gcc-14', 'make'],
  ...['linux-image-amd64', 'linux-headers-amd64', 'linux-source-6.12'],
];

/** Debian's documents and translations, which nobody reads there. */
const lean = ['doc', 'man', 'locale', 'info'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);

/**
 * Builds kernel, initrd and root of the guest from Debian's packages, each unless it was built from the same recipe
 * before. `folder` is theirs; what was printed meanwhile stays there.
 */
export async function buildRoot(folder: string): Promise<Root> {
  const root = {
    kernel: join(folder, 'vmlinuz'),
    initrd: join(folder, 'initrd'),
    disk: join(folder, 'root.ext4'),
  };
  mkdirSync(folder, { recursive: true });
  await Promise.all([
    build(join(folder, 'kernel'), [
      '--variant=extract',
      `--include=${kernel.join(',')}`,
      `--extract-hook=copy-in ${recipes}/kernel.sh ${recipes}/init /`,
      '--extract-hook=ln -s mawk "$1/usr/bin/awk"; chroot "$1" sh /kernel.sh',
      `--extract-hook=copy-out /out/vmlinuz /out/initrd ${folder}`,
    ]),
    build(join(folder, 'userspace'), [
      '--variant=essential',
      `--include=${userspace.join(',')}`,
      '--dpkgopt=force-unsafe-io',
      `--customize-hook=sh ${recipes}/userspace.sh "$1"`,
      `--customize-hook=download /tmp/root.ext4 ${root.disk}`,
    ]),
  ]);
  return root;
}

/** In milliseconds: how long a part may take to build. */
const patience = 600_000;

/** One part of the guest: `name` is the beginning of its stamp's name and of its log's. */
async function build(name: string, args: readonly string[]): Promise<void> {
  const stamp = `${name}.stamp`;
  const recipe = hashOf(args);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === recipe) return;
  rmSync(stamp, { force: true });
  await debootstrap(`${name}.log`, args);
  writeFileSync(stamp, recipe);
}

/** Of what is said to mmdebstrap, and of the files that it names. */
function hashOf(args: readonly string[]): string {
  const hash = createHash('sha256').update(JSON.stringify(args));
  for (const [named] of args.join(' ').matchAll(new RegExp(`${recipes}/\\S+`, 'g'))) {
    for (const file of filesIn(named)) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function filesIn(path: string): string[] {
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}

async function debootstrap(log: string, args: readonly string[]): Promise<void> {
  const child = spawn(
    'mmdebstrap',
    [
      '--format=null',
      ...lean,
      '--aptopt=Acquire::Languages "none"',
      ...args,
      'trixie',
      '/dev/null',
      ...mirror(),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: patience },
  );
  const lines = createWriteStream(log);
  child.stdout.pipe(lines);
  child.stderr.pipe(lines);
  const code = await new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  if (code === 0) return;
  const end = readFileSync(log, 'utf8').trimEnd().split('\n').slice(-15).join('\n');
  throw new Error(`the guest's root could not be built (${log}):\n${end}`);
}
