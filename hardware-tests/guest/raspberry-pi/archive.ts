import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Archive } from '../../../image/os/board.js';
import { output, run } from '../../../image/package/programs.js';

type Package = {
  readonly name: string;
  readonly depends: string;
  /** Runs once it is installed. */
  readonly installed: string;
};

/**
 * What stands in for Raspberry Pi's packages, of the same names. The kernel is Debian's, which starts on any arm64; the
 * overlays are empty. The firmware is systemd-boot, since the emulated computer's own firmware can start that.
 */
const packages: readonly Package[] = [
  {
    name: 'linux-image-rpi-v8',
    depends: 'linux-image-arm64',
    installed: `for trees in /usr/lib/linux-image-*; do
  mkdir -p "$trees/overlays"
  for name in vc4-kms-v3d disable-wifi disable-bt; do : > "$trees/overlays/$name.dtbo"; done
done`,
  },
  {
    name: 'raspi-firmware',
    depends: 'systemd-boot-efi',
    installed: `mkdir -p /usr/lib/raspi-firmware
cp /usr/lib/systemd/boot/efi/systemd-bootaa64.efi /usr/lib/raspi-firmware/start4.elf
: > /usr/lib/raspi-firmware/fixup4.dat`,
  },
  { name: 'rpicam-apps', depends: 'libcamera-ipa', installed: ':' },
];

/** Makes an archive for apt with stand-ins for Raspberry Pi's packages, signed with a key of its own. */
export async function makeArchive(folder: string): Promise<Archive> {
  const at = (...names: string[]) => join(folder, ...names);
  const binary = join('dists', 'trixie', 'main', 'binary-arm64');
  for (const made of ['pool', binary, 'keys']) mkdirSync(at(made), { recursive: true });
  for (const each of packages) await buildPackage(each, at(each.name), at('pool', `${each.name}.deb`));
  const here = { cwd: folder };
  writeFileSync(at(binary, 'Packages'), await output('apt-ftparchive', ['packages', 'pool'], here));
  const named = ['Suite=trixie', 'Codename=trixie', 'Components=main', 'Architectures=arm64'];
  const settings = named.flatMap((name) => ['-o', `APT::FTPArchive::Release::${name}`]);
  const release = at('dists', 'trixie', 'Release');
  writeFileSync(release, await output('apt-ftparchive', [...settings, 'release', dirname(release)], here));
  const key = at('archive.pgp');
  await sign(release, join(dirname(release), 'InRelease'), key, at('keys'));
  // Into the root's own cache: what apt finds in a folder it would leave there, where the root's dpkg does not see it.
  return { url: `copy:${folder}`, key };
}

async function buildPackage({ name, depends, installed }: Package, tree: string, deb: string): Promise<void> {
  mkdirSync(join(tree, 'DEBIAN'), { recursive: true });
  const control = [
    `Package: ${name}`,
    'Version: 1',
    'Architecture: arm64',
    'Maintainer: Terashi <test@localhost>',
    `Depends: ${depends}`,
    'Description: stands in for the package of this name',
    '',
  ];
  writeFileSync(join(tree, 'DEBIAN', 'control'), control.join('\n'));
  writeFileSync(join(tree, 'DEBIAN', 'postinst'), `#!/bin/sh\nset -e\n${installed}\n`, { mode: 0o755 });
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
