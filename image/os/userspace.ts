import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { run } from '../package/run-program.js';
import type { Archive, Board } from './board.js';
import { debugRoot } from './debug/debug.js';
import { mirror } from './mirror.js';

const here = join(installation.root, 'image', 'os');

/** Debian 13 packages of every board, besides the essential ones. */
const packages = [
  ...['systemd', 'systemd-sysv', 'systemd-repart', 'udev', 'kmod', 'dbus'],
  ...['initramfs-tools', 'cryptsetup-bin', 'zstd', 'e2fsprogs', 'dosfstools'],
  ...['libsane1', 'gstreamer1.0-tools', 'gstreamer1.0-plugins-base', 'gstreamer1.0-plugins-good'],
  'gstreamer1.0-plugins-base-apps',
  ...['cage', 'foot', 'seatd', 'fonts-vlgothic'],
  ...['rauc', 'rauc-service'],
];

/** The board, an additional apt archive, and the keyring for updates (a PEM file). */
export type UserspaceOptions = {
  readonly board: Board;
  readonly archive: Archive | undefined;
  readonly keyring: string;
};

/**
 * Builds a board's root in a folder, with the terashi package installed as on any Debian.
 *
 * @param work a folder for temporary files
 * @param commitTime commit time in seconds since 1970; clamps the mtime of younger files
 */
export async function buildUserspace(
  { board, archive, keyring }: UserspaceOptions,
  appliance: string,
  folder: string,
  work: string,
  commitTime: number,
): Promise<void> {
  const [common, own, debug] = ['common', 'own', 'debug'].map((name) => join(work, `${name}.tar`));
  await packFiles(join(here, 'root'), common, commitTime);
  await packFiles(join(here, board.start.kind, 'root'), own, commitTime);
  if (board.debug) await packFiles(debugRoot, debug, commitTime);
  const include = [...packages, board.kernel, ...board.packages].join(',');
  await run(
    'mmdebstrap',
    [
      '--variant=apt',
      '--format=directory',
      `--architectures=${board.platform}`,
      `--include=${include}`,
      ...['doc', 'man', 'locale', 'info'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`),
      '--dpkgopt=path-include=/usr/share/doc/*/copyright',
      '--dpkgopt=force-unsafe-io',
      '--aptopt=Acquire::Languages "none"',
      ...(archive === undefined ? [] : await addArchive(archive, work)),
      // Before the kernel package, whose installation builds the initramfs.
      `--essential-hook=tar-in ${common} /`,
      `--essential-hook=tar-in ${own} /`,
      ...(board.debug ? [`--essential-hook=tar-in ${debug} /`] : []),
      `--customize-hook=upload ${appliance} /tmp/terashi.deb`,
      '--customize-hook=chroot "$1" apt-get install --yes --no-install-recommends /tmp/terashi.deb',
      `--customize-hook=upload ${keyring} /etc/rauc/keyring.pem`,
      // The updater is not root, and reads it too.
      '--customize-hook=chmod 644 "$1/etc/rauc/keyring.pem"',
      `--customize-hook=sh ${join(here, 'seal.sh')} "$1" ${board.name}`,
      'trixie',
      folder,
      ...mirror(),
    ],
    { cwd: installation.root, env: { SOURCE_DATE_EPOCH: String(commitTime) } },
  );
}

/** Packs a folder's files, owned by root and writable only by root whatever the checkout's modes. */
async function packFiles(folder: string, archive: string, commitTime: number): Promise<void> {
  const bearing = [
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mode=u=rwX,go=rX',
    `--mtime=@${commitTime}`,
  ];
  await run(
    'tar',
    ['--create', `--file=${archive}`, '--sort=name', ...bearing, ...(await readdir(folder)).sort()],
    {
      cwd: folder,
    },
  );
}

/** apt_preferences(5): whatever Debian's version, libcamera and its programs come from Raspberry Pi's archive if it has them. */
export const ownLibcamera = `Package: libcamera* rpicam-apps* librpicam-app*
Pin: release o=Raspberry Pi Foundation
Pin-Priority: 1001
`;

/** Adds an apt archive while the root is built; seal.sh removes it. Returns the arguments for mmdebstrap. */
async function addArchive({ url, key }: Archive, work: string): Promise<readonly string[]> {
  const [list, preferences] = ['raspberry-pi.list', 'raspberry-pi.pref'].map((name) => join(work, name));
  await writeFile(list, `deb [signed-by=${key}] ${url} trixie main\n`);
  await writeFile(preferences, ownLibcamera);
  return [
    `--setup-hook=copy-in ${list} /etc/apt/sources.list.d`,
    `--setup-hook=copy-in ${preferences} /etc/apt/preferences.d`,
  ];
}
