import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Archive } from '../../../image/os/board.js';
import { output, run } from '../../../image/package/run-program.js';

type Package = {
  readonly name: string;
  readonly depends: string;
  /** A shell script that runs after the installation. */
  readonly postinst: string;
};

/**
 * Stand-ins for Raspberry Pi's packages, with the same names. The kernel is Debian's, which starts on any arm64; the
 * overlays are empty. The firmware is systemd-boot, which the emulated computer's own firmware can start.
 */
const packages: readonly Package[] = [
  {
    name: 'linux-image-rpi-v8',
    depends: 'linux-image-arm64',
    postinst: `for trees in /usr/lib/linux-image-*; do
  mkdir -p "$trees/overlays"
  for name in vc4-kms-v3d disable-wifi disable-bt; do : > "$trees/overlays/$name.dtbo"; done
done`,
  },
  {
    name: 'raspi-firmware',
    depends: 'systemd-boot-efi',
    postinst: `mkdir -p /usr/lib/raspi-firmware
cp /usr/lib/systemd/boot/efi/systemd-bootaa64.efi /usr/lib/raspi-firmware/start4.elf
: > /usr/lib/raspi-firmware/fixup4.dat`,
  },
  // Debian's libcamera stands in for Raspberry Pi's, which has GStreamer's plugin in it.
  { name: 'rpicam-apps-core', depends: 'gstreamer1.0-libcamera, libcamera-ipa', postinst: ':' },
];

/** Makes an apt archive with stand-ins for Raspberry Pi's packages, signed with a new key. */
export async function makeArchive(folder: string): Promise<Archive> {
  const path = (...names: string[]) => join(folder, ...names);
  const binary = join('dists', 'trixie', 'main', 'binary-arm64');
  for (const name of ['pool', binary, 'keys']) mkdirSync(path(name), { recursive: true });
  for (const each of packages) await buildPackage(each, path(each.name), path('pool', `${each.name}.deb`));
  const inFolder = { cwd: folder };
  writeFileSync(path(binary, 'Packages'), await output('apt-ftparchive', ['packages', 'pool'], inFolder));
  const fields = [
    'Origin=Raspberry Pi Foundation',
    'Suite=trixie',
    'Codename=trixie',
    'Components=main',
    'Architectures=arm64',
  ];
  const settings = fields.flatMap((field) => ['-o', `APT::FTPArchive::Release::${field}`]);
  const release = path('dists', 'trixie', 'Release');
  writeFileSync(
    release,
    await output('apt-ftparchive', [...settings, 'release', dirname(release)], inFolder),
  );
  const key = path('archive.pgp');
  await sign(release, join(dirname(release), 'InRelease'), key, path('keys'));
  // `copy:` puts packages into the root's own cache. `file:` would leave them here, where the root's dpkg cannot see them.
  return { url: `copy:${folder}`, key };
}

async function buildPackage({ name, depends, postinst }: Package, tree: string, deb: string): Promise<void> {
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  const control = [
    `Package: ${name}`,
    'Version: 1',
    'Architecture: arm64',
    'Maintainer: Terashi <test@localhost>',
    `Depends: ${depends}`,
    'Description: stand-in for the package of this name',
    '',
  ];
  writeFileSync(join(tree, 'DEBIAN', 'control'), control.join('\n'));
  writeFileSync(join(tree, 'DEBIAN', 'postinst'), `#!/bin/sh\nset -e\n${postinst}\n`, { mode: 0o755 });
  await run('dpkg-deb', ['--build', '--root-owner-group', tree, deb], { cwd: tree });
}

async function sign(file: string, signed: string, key: string, keys: string): Promise<void> {
  chmodSync(keys, 0o700);
  const gpg = (...args: string[]) =>
    run('gpg', ['--batch', '--quiet', '--homedir', keys, '--passphrase', '', ...args], { cwd: keys });
  await gpg('--quick-generate-key', 'Terashi test', 'rsa3072', 'sign', 'never');
  await gpg('--output', signed, '--clearsign', file);
  await gpg('--output', key, '--export');
}
