import { createInterface } from 'node:readline/promises';

import { find, output, run } from './programs.mjs';
import { fail, say } from './words.mjs';

/**
 * The one table of what comes from Debian. `when`: for running, for compiling npm packages, for the tests, for
 * making Debian packages, for the test in an emulated guest, for the same with another architecture's, or for making
 * a card's image.
 * `without`: what the appliance does without it; a package that has none is indispensable. `proof`: what shows
 * on a system of another kind that it is there.
 */
const table = [
  { name: 'libsane1', when: 'running', proof: { library: 'libsane.so.1' } },
  ...['gstreamer1.0-tools', 'gstreamer1.0-plugins-base', 'gstreamer1.0-plugins-good'].map((name) => ({
    name,
    when: 'running',
    proof: { program: 'gst-launch-1.0' },
    without: ['USBカメラは使えません', 'USB cameras cannot be used'],
  })),
  ...['python3', 'make', 'g++'].map((name) => ({
    name,
    when: 'compiling',
    proof: { program: name },
    without: ['ランプとボタンは使えません', 'lights and buttons cannot be used'],
  })),
  { name: 'tmux', when: 'testing', proof: { program: 'tmux' } },
  { name: 'strace', when: 'testing', proof: { program: 'strace' } },
  { name: 'procps', when: 'testing', proof: { program: 'pkill' } },
  { name: 'sane-utils', when: 'testing', proof: { program: 'scanimage' } },
  { name: 'gcc', when: 'testing', proof: { program: 'gcc' } },
  { name: 'libc6-dev', when: 'testing', proof: { program: 'gcc' } },
  { name: 'systemd', when: 'testing', proof: { program: 'systemd-socket-activate' } },
  { name: 'systemd-journal-remote', when: 'testing', proof: { program: 'systemd-journal-upload' } },
  { name: 'rauc', when: 'testing', proof: { program: 'rauc' } },
  { name: 'dbus-daemon', when: 'testing', proof: { program: 'dbus-daemon' } },
  { name: 'squashfs-tools', when: 'testing', proof: { program: 'mksquashfs' } },
  { name: 'e2fsprogs', when: 'testing', proof: { program: 'mke2fs' } },
  { name: 'openssl', when: 'testing', proof: { program: 'openssl' } },
  { name: 'age', when: 'testing', proof: { program: 'age' } },
  { name: 'tpm2-tools', when: 'testing', proof: { program: 'tpm2_nvread' } },
  { name: 'swtpm', when: 'testing', proof: { program: 'swtpm' } },
  { name: 'sbsigntool', when: 'testing', proof: { program: 'sbverify' } },
  {
    name: 'fonts-vlgothic',
    when: 'testing',
    proof: { program: 'fc-list' },
    without: ['画面の文字を読む試験はできません', 'no test can read what a display shows'],
  },
  { name: 'debhelper', when: 'packaging', proof: { program: 'dh' } },
  { name: 'dpkg-dev', when: 'packaging', proof: { program: 'dpkg-buildpackage' } },
  { name: 'lintian', when: 'packaging', proof: { program: 'lintian' } },
  { name: 'g++', when: 'packaging', proof: { program: 'g++' } },
  process.arch === 'x64'
    ? { name: 'g++-aarch64-linux-gnu', when: 'packaging', proof: { program: 'aarch64-linux-gnu-g++' } }
    : { name: 'g++-x86-64-linux-gnu', when: 'packaging', proof: { program: 'x86_64-linux-gnu-g++' } },
  { name: 'qemu-system-x86', when: 'emulating', proof: { program: 'qemu-system-x86_64' } },
  { name: 'ovmf', when: 'emulating', proof: { program: 'qemu-system-x86_64' } },
  { name: 'qemu-system-arm', when: 'emulating-arm64', proof: { program: 'qemu-system-aarch64' } },
  { name: 'qemu-efi-aarch64', when: 'emulating-arm64', proof: { program: 'qemu-system-aarch64' } },
  { name: 'qemu-user-static', when: 'emulating', proof: { program: 'qemu-x86_64-static' } },
  { name: 'arch-test', when: 'emulating-arm64', proof: { program: 'arch-test' } },
  { name: 'apt-utils', when: 'emulating-arm64', proof: { program: 'apt-ftparchive' } },
  { name: 'gpg', when: 'emulating-arm64', proof: { program: 'gpg' } },
  { name: 'mmdebstrap', when: 'imaging', proof: { program: 'mmdebstrap' } },
  { name: 'debian-archive-keyring', when: 'imaging', proof: { program: 'mmdebstrap' } },
  { name: 'erofs-utils', when: 'imaging', proof: { program: 'mkfs.erofs' } },
  { name: 'cryptsetup-bin', when: 'imaging', proof: { program: 'veritysetup' } },
  { name: 'genimage', when: 'imaging', proof: { program: 'genimage' } },
  { name: 'gdisk', when: 'imaging', proof: { program: 'sgdisk' } },
  { name: 'fdisk', when: 'imaging', proof: { program: 'sfdisk' } },
  { name: 'initramfs-tools-core', when: 'imaging', proof: { program: 'lsinitramfs' } },
  { name: 'zstd', when: 'imaging', proof: { program: 'zstd' } },
  { name: 'dosfstools', when: 'imaging', proof: { program: 'mkdosfs' } },
  { name: 'mtools', when: 'imaging', proof: { program: 'mcopy' } },
  { name: 'e2fsprogs', when: 'imaging', proof: { program: 'mke2fs' } },
  { name: 'xz-utils', when: 'imaging', proof: { program: 'xz' } },
  { name: 'osslsigncode', when: 'imaging', proof: { program: 'osslsigncode' } },
  { name: 'efitools', when: 'imaging', proof: { program: 'sign-efi-sig-list' } },
];

/** Installs the Debian packages that are missing: as root at once, otherwise through sudo, after asking. */
export async function installDebianPackages({
  forTests,
  forPackage,
  forGuest,
  forImage,
  forArm64,
  forCompiling,
}) {
  const reasons = {
    running: true,
    compiling: forCompiling,
    testing: forTests || forGuest,
    packaging: forPackage,
    emulating: forGuest,
    'emulating-arm64': forArm64,
    imaging: forImage,
  };
  const wanted = table.filter(({ when }) => reasons[when]);
  const missing = missingOf(wanted);
  if (missing.length === 0) return;

  const names = missing.map(({ name }) => name);
  say(`足りない部品: ${names.join(' ')}`, 'missing Debian packages');
  const installed = find('apt-get') !== undefined && (await mayInstall(names)) && aptInstall(names);
  if (!installed) goOnWithout(missing);
}

function missingOf(wanted) {
  if (find('dpkg-query') === undefined) return wanted.filter(({ proof }) => !isProven(proof));
  const names = wanted.map(({ name }) => name);
  const list = output('dpkg-query', ['--show', '--showformat', '${Package} ${db:Status-Status}\n', ...names]);
  const installed = new Set(list.split('\n').filter((line) => line.endsWith(' installed')));
  return wanted.filter(
    ({ name, proof }) => !installed.has(`${name} installed`) && !(proof.program === name && isProven(proof)),
  );
}

function isProven({ program, library }) {
  if (program) return find(program) !== undefined;
  const cache = output(find('ldconfig') ?? '/sbin/ldconfig', ['-p']);
  return cache.includes(library);
}

const isRoot = () => process.getuid() === 0;

const aptGet = ['apt-get', '-o', 'DPkg::Lock::Timeout=120'];
const installCommand = (names) => [...aptGet, 'install', '--yes', '--no-install-recommends', ...names];
const asRoot = (command) => (isRoot() ? command : ['sudo', ...command]);

/** Root may; anybody else is asked, where there is somebody to ask. */
async function mayInstall(names) {
  if (isRoot()) return true;
  if (find('sudo') === undefined || !process.stdin.isTTY || !process.stdout.isTTY) return false;
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const command = asRoot(installCommand(names)).join(' ');
  const answer = await terminal.question(`  ${command}\n  実行しますか / Run this? [Y/n] `);
  terminal.close();
  return /^(y|yes|はい)?$/i.test(answer.trim());
}

function aptInstall(names) {
  const environment = { DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (command, options) => {
    const [program, ...args] = asRoot(command);
    return run(program, args, { env: environment, ...options });
  };
  const install = installCommand(names);
  // A simulation needs no rights and changes nothing; it fails where the lists of packages are missing.
  const listed = run('apt-get', [...install.slice(1), '--simulate'], { env: environment, quiet: true });
  if (listed && apt(install)) return true;
  // What is listed may not be on the server any more.
  return apt([...aptGet, 'update']) && apt(install);
}

function goOnWithout(missing) {
  const command = asRoot(installCommand(missing.map(({ name }) => name))).join(' ');
  const indispensable = missing.filter(({ without }) => without === undefined);
  if (indispensable.length > 0) {
    const names = indispensable.map(({ name }) => name).join(' ');
    fail({
      cause: [`${names} がないので続けられません`, `Cannot go on without ${names}`],
      remedy:
        find('apt-get') === undefined
          ? [
              'apt がないシステムです。同じ働きの部品を入れて、もう一度実行してください',
              'This system has no apt. Install what corresponds to them, and run this again',
            ]
          : [
              `これを実行してから、もう一度お試しください: ${command}`,
              'Run the command above, then try again',
            ],
    });
  }
  for (const [japanese, english] of new Set(missing.map(({ without }) => without))) say(japanese, english);
  if (find('apt-get') !== undefined) say(`入れるには: ${command}`, 'to install them, run the command');
}
