import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../../../appliance/installation.js';
import { debugRoot } from '../../../../image/os/debug/debug.js';

const units = join(debugRoot, 'usr/lib/systemd/system');
const keepLog = join(debugRoot, 'usr/lib/terashi/keep-log');
const remote = '/lib/systemd/systemd-journal-remote';

/** An entry in the journal's export format (https://systemd.io/JOURNAL_EXPORT_FORMATS/). */
type Fields = Readonly<Record<string, string>>;

describe('the log of a debug image', () => {
  const work = mkdtempSync(join(tmpdir(), 'terashi-debug-log-'));
  after(() => rmSync(work, { recursive: true }));
  const boot = 'b'.repeat(32);

  /** Keeps the words of a journal with these entries, as a box does; returns the log. */
  function keep(name: string, entries: readonly Fields[], before?: string): string {
    const [journal, folder] = ['journal', 'settings'].map((part) => join(work, name, part));
    for (const each of [journal, folder]) mkdirSync(each, { recursive: true });
    const exported = entries.map((fields, i) => {
      const head = {
        __REALTIME_TIMESTAMP: String(1_772_600_000_000_000 + i),
        __MONOTONIC_TIMESTAMP: String(1_000_000 + i),
        _BOOT_ID: boot,
      };
      return Object.entries({ ...head, ...fields })
        .map(([field, value]) => `${field}=${value}\n`)
        .join('');
    });
    // It makes a journal whose fields are what a box's journald would take from the kernel.
    execFileSync(remote, [`--output=${join(journal, 'words.journal')}`, '-'], {
      input: `${exported.join('\n')}\n`,
    });
    if (before !== undefined) writeFileSync(join(folder, 'terashi-log.txt'), before);
    execFileSync(keepLog, {
      env: { ...process.env, TERASHI_SETTINGS_FOLDER: folder, TERASHI_JOURNAL: journal },
    });
    assert.deepEqual(readdirSync(folder), ['terashi-log.txt']);
    return readFileSync(join(folder, 'terashi-log.txt'), 'utf8');
  }

  const from = (unit: string, uid: number, message: string): Fields => ({
    MESSAGE: message,
    _TRANSPORT: 'stdout',
    _UID: String(uid),
    _SYSTEMD_UNIT: unit,
  });
  const kernel: Fields = {
    MESSAGE: 'mmcblk0: p1 p2 p3 p4 p5',
    _TRANSPORT: 'kernel',
    SYSLOG_IDENTIFIER: 'kernel',
  };

  it('has the words of the kernel, of systemd and of the core, and says in its head what it is', () => {
    const log = keep('words', [
      kernel,
      { ...from('init.scope', 0, 'Started terashi.service'), _PID: '1' },
      from('terashi.service', 990, 'no settings file'),
      from('terashi-screen.service', 991, 'no display'),
    ]);
    const [japanese, english, ...said] = log.trimEnd().split('\n');
    assert.match(japanese, /基板を試すためのイメージ/);
    assert.match(english, /an image for trying a board/);
    for (const words of [
      'mmcblk0: p1 p2 p3 p4 p5',
      'Started terashi.service',
      'no settings file',
      'no display',
    ])
      assert.equal(said.filter((line) => line.endsWith(words)).length, 1, words);
  });

  it('has nothing that a vault wrote, in whatever name: the journal takes user and unit from the kernel', () => {
    const picture = 'PICTURE'.repeat(20);
    const vault = from('terashi-vault@3-990.service', 992, picture);
    const log = keep('vault', [
      kernel,
      vault,
      { ...vault, _TRANSPORT: 'journal', SYSLOG_IDENTIFIER: 'kernel', UNIT: 'terashi.service' },
      {
        ...vault,
        _TRANSPORT: 'syslog',
        SYSLOG_IDENTIFIER: 'systemd',
        OBJECT_SYSTEMD_UNIT: 'terashi.service',
      },
      from('session-1.scope', 1000, picture),
    ]);
    assert.match(log, /mmcblk0/);
    assert.doesNotMatch(log, /PICTURE/);
  });

  it('has at most one mebibyte, the first, and replaces that of the last start', () => {
    const entries = Array.from({ length: 3000 }, (_, i) => ({
      ...kernel,
      MESSAGE: `${i} ${'x'.repeat(500)}`,
    }));
    const log = keep('long', entries, 'of the last start\n');
    assert.equal(Buffer.byteLength(log), 2 ** 20);
    assert.match(log, / 0 xxx/);
    assert.doesNotMatch(log, /of the last start/);
  });

  it('keeps the old one and leaves nothing beside it where there is no room', function () {
    const folder = join(work, 'full');
    mkdirSync(folder);
    const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=8k', 'tmpfs', folder]);
    if (mounted.status !== 0) this.skip();
    try {
      writeFileSync(join(folder, 'terashi-log.txt'), 'of the last start\n');
      writeFileSync(join(folder, 'terashi.toml'), '# settings\n');
      const journal = join(work, 'long', 'journal');
      const env = { ...process.env, TERASHI_SETTINGS_FOLDER: folder, TERASHI_JOURNAL: journal };
      assert.notEqual(spawnSync(keepLog, { env }).status, 0);
      assert.deepEqual(readdirSync(folder).sort(), ['terashi-log.txt', 'terashi.toml']);
      assert.equal(readFileSync(join(folder, 'terashi-log.txt'), 'utf8'), 'of the last start\n');
    } finally {
      spawnSync('umount', [folder]);
    }
  });
});

describe('the units of a debug image', () => {
  const read = (file: string) => readFileSync(file, 'utf8');
  const vault = read(join(installation.root, 'systemd', 'terashi-vault@.service'));

  it('leave a vault no way to the journal', () => {
    for (const line of ['StandardOutput=null', 'StandardError=null', 'DevicePolicy=closed', 'LimitCORE=1'])
      assert(vault.split('\n').includes(line), line);
    assert.doesNotMatch(vault, /^DeviceAllow=.*kmsg/m);
    assert.match(vault, /^TemporaryFileSystem=\/run:ro$/m);
    assert.match(vault, /^BindReadOnlyPaths=-\/run\/udev \/run\/systemd\/notify$/m);
    assert.ok(!readdirSync(units).some((name) => name.startsWith('terashi-vault')));
  });

  it('let no vault write to the settings', () => {
    assert.match(vault, /^ProtectSystem=strict$/m);
    assert.doesNotMatch(vault, /^ReadWritePaths=/m);
  });

  it('run only in the first minutes, and start by themselves', () => {
    assert.equal(
      readlinkSync(join(units, 'timers.target.wants/terashi-debug-log.timer')),
      '../terashi-debug-log.timer',
    );
    const timer = read(join(units, 'terashi-debug-log.timer'));
    const times = [...timer.matchAll(/^OnBootSec=(\d+)$/gm)].map(([, time]) => Number(time));
    assert(times.length > 1 && Math.max(...times) <= 300);
    assert.doesNotMatch(timer, /^On(UnitActive|Calendar|UnitInactive)/m);
  });

  it('see no record, and are sound', () => {
    const service = read(join(units, 'terashi-debug-log.service'));
    assert.match(service, /^InaccessiblePaths=\/var\/lib\/terashi /m);
    assert.match(service, /^ConditionPathIsMountPoint=\/boot\/settings$/m);
    const [, program] = /^ExecStart=(.*)$/m.exec(service)!;
    assert(statSync(join(debugRoot, program)).mode & 0o111);
    execFileSync('sh', ['-n', keepLog]);
    const checked = join(tmpdir(), `terashi-debug-units-${process.pid}`);
    mkdirSync(checked);
    try {
      const file = join(checked, 'terashi-debug-log.service');
      // Only the program's place differs on this computer.
      writeFileSync(file, service.replace(program, keepLog));
      const { stderr, status } = spawnSync('systemd-analyze', ['verify', '--man=no', file], {
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
    } finally {
      rmSync(checked, { recursive: true });
    }
  });

  it('are beside the mark that the product looks for', () => {
    const unit = read(join(installation.root, 'systemd', 'terashi.service'));
    // Where a box has the product: installation.root there.
    const [, root] = /^ExecStart=\S+ (\S+)\/build\/appliance\/main\.js run$/m.exec(unit)!;
    const mark = installation.debugImage.replace(installation.root, root);
    assert.match(read(join(debugRoot, mark)), /窓口では使いません/);
  });
});
