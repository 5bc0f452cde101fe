import assert from 'node:assert/strict';
import { execFileSync, type ExecFileSyncOptions } from 'node:child_process';
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { findSettings, keepIfGood } from '../../../appliance/settings/read.js';
import { formatProblems } from '../../../appliance/settings/words.js';
import { writeSettingsFiles } from '../../../image/os/settings-files.js';

const quiet: ExecFileSyncOptions = { stdio: ['ignore', 'ignore', 'inherit'] };

describe('the settings partition', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-settings-partition-'));
  const at = (...names: string[]) => join(folder, ...names);
  const image = at('settings.vfat');
  /** Where the box has it mounted; here, a copy of what is on it. */
  const mounted = at('boot', 'settings');
  const file = join(mounted, 'terashi.toml');
  const state = at('state');

  before(() => writeSettingsFiles(at('files')));
  after(() => rmSync(folder, { recursive: true }));
  beforeEach(() => {
    rmSync(image, { force: true });
    execFileSync('mkdosfs', ['-C', '-F', '32', '-n', 'TERASHI', image, String(64 * 1024)], quiet);
    put('README.txt', readFileSync(at('files', 'README.txt')));
    put(
      'terashi.toml',
      readFileSync(at('files', 'terashi.toml'), 'utf8').replace('counter = ""', 'counter = "1番窓口"'),
    );
    rmSync(state, { recursive: true, force: true });
    mkdirSync(state);
  });

  function put(name: string, content: string | Uint8Array): void {
    writeFileSync(at('put'), content);
    execFileSync('mcopy', ['-o', '-i', image, at('put'), `::${name}`], quiet);
  }
  const makeFolder = (name: string) => execFileSync('mmd', ['-i', image, `::${name}`], quiet);

  /** A start of the box with the partition as it is, or without it. */
  async function start({ lost = false } = {}) {
    rmSync(at('boot'), { recursive: true, force: true });
    mkdirSync(mounted, { recursive: true });
    if (!lost) execFileSync('mcopy', ['-s', '-n', '-i', image, '::*', mounted], quiet);
    const found = await findSettings(state, undefined, [file], file);
    assert.ok(await keepIfGood(state, found));
    return found;
  }
  const problemsOf = ({ problems }: Awaited<ReturnType<typeof start>>) => problems.map(({ what }) => what);

  it('has what a municipality edits and reads, and where its files go', async () => {
    const names = (await readdir(at('files'))).sort();
    assert.deepEqual(names, ['README.txt', 'handbook.en.txt', 'handbook.ja.txt', 'scanner', 'terashi.toml']);
    const read = (...name: string[]) => readFileSync(at('files', ...name), 'utf8');
    assert.match(read('terashi.toml'), /終わり/);
    assert.match(read('handbook.ja.txt'), /^# 照らしの手引き\n/);
    assert.match(read('handbook.en.txt'), /^# The handbook of Terashi\n/);
    // The names in epjitsu.conf of SANE.
    assert.match(read('scanner', 'README.txt'), /60f_0A00\.nal[^]*65f_0A01\.nal/);
  });

  it('tells in its README of every setting that can weaken the comparison', () => {
    const readme = readFileSync(at('files', 'README.txt'), 'utf8');
    for (const setting of ['threshold', 'fmr', 'liveness', 'lights.required', 'calibration'])
      assert.match(readme, new RegExp(setting.replace('.', '\\.')));
  });

  it('is read as it was made', async () => {
    const found = await start();
    assert.deepEqual(problemsOf(found), []);
    assert.equal(found.settings.place.counter, '1番窓口');
  });

  it('is read beside what Windows leaves on it, and with its dirty bit', async () => {
    makeFolder('System Volume Information');
    put('System Volume Information/WPSettings.dat', Buffer.alloc(12));
    put('System Volume Information/IndexerVolumeGuid', Buffer.from('{0}', 'utf16le'));
    makeFolder('FOUND.000');
    put('FOUND.000/FILE0000.CHK', Buffer.alloc(32 * 1024, 'x'));
    markDirty(image);
    // fsck.fat(8) says so of the bit.
    assert.match(checked(image), /Dirty bit is set/);
    const found = await start();
    assert.deepEqual(problemsOf(found), []);
    assert.equal(found.settings.place.counter, '1番窓口');
  });

  it('is read when it is full', async () => {
    writeFileSync(at('filler'), Buffer.alloc(80 * 2 ** 20));
    assert.throws(() => execFileSync('mcopy', ['-i', image, at('filler'), '::filler'], { stdio: 'ignore' }));
    assert.equal((await start()).settings.place.counter, '1番窓口');
  });

  it('leaves its last good settings in force when a repair emptied the file, cut it off or took it away', async () => {
    const { settings } = await start();
    const whole = readFileSync(file);
    const repaired: [string, () => void][] = [
      ['empty', () => put('terashi.toml', '')],
      ['blanked', () => put('terashi.toml', Buffer.alloc(4096))],
      ['cut-short', () => put('terashi.toml', whole.subarray(0, whole.indexOf('counter =')))],
      ['missing', () => execFileSync('mdel', ['-i', image, '::terashi.toml'], quiet)],
    ];
    for (const [what, repair] of repaired) {
      repair();
      const found = await start();
      assert.deepEqual(problemsOf(found), [what]);
      assert.deepEqual(found.settings, settings, what);
      assert.match(formatProblems(file, found), /前の正しい設定を使っています/);
    }
  });

  it('leaves its last good settings in force when it is lost, and the screen says where they belong', async () => {
    const { settings } = await start();
    const found = await start({ lost: true });
    assert.deepEqual(problemsOf(found), ['missing']);
    assert.deepEqual(found.settings, settings);
    assert.match(formatProblems(file, found), /TERASHI という領域[^]*前の正しい設定[^]*partition TERASHI/);
  });

  it('is missed even by a box that never had any settings', async () => {
    assert.deepEqual(problemsOf(await start({ lost: true })), ['missing']);
  });

  it('is not missed by a system that has no such partition', async () => {
    rmSync(at('boot'), { recursive: true, force: true });
    const found = await findSettings(state, undefined, [file], file);
    assert.deepEqual([found.file, found.problems], [undefined, []]);
  });
});

describe('the mounts of a card', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-mounts-'));
  after(() => rmSync(folder, { recursive: true }));
  /** What systemd itself makes of the card's fstab. */
  before(() => {
    const generator = '/usr/lib/systemd/system-generators/systemd-fstab-generator';
    const env = {
      SYSTEMD_FSTAB: join(installation.root, 'image', 'os', 'root', 'etc', 'fstab'),
      PATH: process.env.PATH,
    };
    execFileSync(generator, [folder, folder, folder], { env });
  });
  const unit = (name: string) => readFileSync(join(folder, name), 'utf8');

  it('never write to the settings nor repair them, and do not keep the box from starting', async () => {
    const mount = unit('boot-settings.mount');
    assert.match(mount, /^What=\/dev\/disk\/by-partlabel\/settings$/m);
    assert.match(mount, /^Options=ro,noexec,nosuid,nodev,/m);
    assert.doesNotMatch(mount, /fsck/);
    assert.ok((await readdir(join(folder, 'local-fs.target.wants'))).includes('boot-settings.mount'));
    assert.ok(!(await readdir(join(folder, 'local-fs.target.requires'))).includes('boot-settings.mount'));
  });

  it('wait for the settings no longer than half a minute', async () => {
    const [device] = (await readdir(folder)).filter((name) =>
      name.endsWith('by\\x2dpartlabel-settings.device.d'),
    );
    const [dropIn] = await readdir(join(folder, device));
    assert.match(unit(join(device, dropIn)), /^JobRunningTimeoutSec=30(s)?$/m);
  });

  it('read what starts the box, and check it', () => {
    const mount = unit('boot-firmware.mount');
    assert.match(mount, /^Options=ro,/m);
    assert.match(mount, /systemd-fsck@/);
  });
});

/** As Windows does while it writes: "ClnShutBitMask" of the second entry (Microsoft's FAT specification, 4.2), and BPB. */
function markDirty(image: string): void {
  const card = openSync(image, 'r+');
  const word = Buffer.alloc(4);
  const boot = Buffer.alloc(512);
  readSync(card, boot, 0, 512, 0);
  const [reserved, fats, size] = [boot.readUInt16LE(14), boot[16], boot.readUInt32LE(36)];
  for (let fat = 0; fat < fats; fat++) {
    const entry = (reserved + fat * size) * 512 + 4;
    readSync(card, word, 0, 4, entry);
    word.writeUInt32LE((word.readUInt32LE() & ~0x0800_0000) >>> 0);
    writeSync(card, word, 0, 4, entry);
  }
  writeSync(card, Buffer.of(boot[65] | 1), 0, 1, 65);
  closeSync(card);
}

/** What fsck.fat says of an image that it does not change. */
function checked(image: string): string {
  try {
    return execFileSync('fsck.fat', ['-n', image], { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}
