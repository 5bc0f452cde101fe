import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';

import { installation } from '../../appliance/installation.js';
import { err, ok } from '../../appliance/result.js';
import type { Progress } from '../../appliance/update/protocol.js';
import { Updater } from '../../appliance/update/updater.js';
import { mountAlone, stickPoints } from '../stick/bench.js';
import { Bench } from './bench.js';

const never = new AbortController().signal;
const updater = new Updater(undefined);
const install = async (
  version = '0.2.0',
  tell: (progress: Progress) => void = () => undefined,
  signal = never,
) => {
  const done = await updater.install(version, tell, signal);
  if (!done.ok) return done;
  done.value.close();
  return ok('installed');
};

/** Uses rauc itself, slots that are files, and a stick that is a loop device. */
describe('an update from a stick', () => {
  let bench: Bench;

  mountAlone();
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
  });
  afterEach(async () => {
    const [runs, left] = [bench.slot('a'), stickPoints()];
    await bench.stop();
    assert(
      runs.subarray(0, 6).equals(Buffer.from('old a ')) && runs.equals(Buffer.alloc(runs.length, 'old a ')),
    );
    assert.deepEqual(left, [], 'no stick stays mounted');
  });

  const untouched = () => {
    const other = bench.slot('b');
    assert(other.equals(Buffer.alloc(other.length, 'old b ')));
    assert.equal(bench.read('boot.primary'), '');
    assert.equal(bench.read('state/trial.json'), '');
  };
  const refused = async (why: string) => {
    assert.deepEqual(await updater.check(), { is: 'refused', why });
    assert.deepEqual(await install(), err(why));
    untouched();
  };

  it('is refused while the running version is on trial: it would overwrite the one that is kept', async () => {
    const { version } = JSON.parse(readFileSync(installation.packageFile, 'utf8')) as { version: string };
    bench.note({ is: 'trial', version });
    bench.plugIn(bench.bundle('terashi'));
    assert.deepEqual(await install(), err('busy'));
    assert.equal(bench.read('boot.primary'), '');
  });

  it('is found, written to the other slot with consent, and started once', async () => {
    bench.plugIn(bench.bundle('terashi'));
    assert.deepEqual(await updater.check(), { is: 'found', version: '0.2.0' });
    untouched();
    const told: Progress[] = [];
    const done = await updater.install('0.2.0', (progress) => told.push(progress), never);
    assert(done.ok);
    assert(bench.slot('b').subarray(0, bench.newRoot.length).equals(bench.newRoot));
    assert.equal(bench.read('boot.primary'), 'B\n');
    const bootId = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    assert.deepEqual(JSON.parse(bench.read('state/trial.json')), { is: 'trial', version: '0.2.0', bootId });
    assert.deepEqual(await updater.trial(), { is: 'installed', version: '0.2.0' });
    await updater.forget();
    assert.notEqual(bench.read('state/trial.json'), '', 'the restart is still to come');
    assert.deepEqual(told[0], { fraction: 0, writing: false });
    assert.deepEqual(told.at(-1), { fraction: 1, writing: true });
    assert.deepEqual(
      told,
      told.toSorted((one, other) => one.fraction - other.fraction),
    );
    assert.equal(bench.read('systemctl'), '', 'not before it is asked');
    assert((await done.value.restart()).ok);
    assert.equal(bench.read('systemctl'), 'reboot\n');
  });

  it('is not found on a stick without one, or below its top folder', async () => {
    assert.deepEqual(await updater.check(), { is: 'nothing' });
    assert.deepEqual(await install(), err('no-stick'));
    writeFileSync(bench.path('letter.txt'), 'of no concern');
    bench.plugIn(bench.path('letter.txt'));
    assert.deepEqual(await updater.check(), { is: 'nothing' });
  });

  it('is refused if a stranger signed it', async () => {
    bench.plugIn(bench.bundle('terashi', { signer: 'stranger' }));
    await refused('foreign-key');
  });

  it('is refused if it has the same version or an older one', async () => {
    for (const version of ['0.1.0', '0.0.9', '0.1.0-rc.1']) {
      bench.plugIn(bench.bundle(`v${version}`, { version }));
      await refused('not-newer');
    }
  });

  it('is refused if it is for another kind of box', async () => {
    bench.plugIn(bench.bundle('terashi', { compatible: 'terashi-other' }));
    await refused('other-box');
  });

  it('is refused if it is cut off, empty, changed or not a bundle', async () => {
    const whole = bench.bundle('whole');
    const size = readFileSync(whole).length;
    for (const left of [0, size - 1, Math.floor(size / 2)]) {
      const cut = bench.path(`cut-${left}.raucb`);
      writeFileSync(cut, readFileSync(whole));
      truncateSync(cut, left);
      bench.plugIn(cut);
      await refused('torn');
    }
    writeFileSync(bench.path('letter.raucb'), 'a letter, under a wrong name');
    bench.plugIn(bench.path('letter.raucb'));
    await refused('torn');
  });

  for (const format of ['plain', 'verity'] as const) {
    it(`is not installed if one byte of it was changed (${format})`, async function () {
      // rauc checks the blocks of such a bundle through the kernel's device mapper.
      if (format === 'verity' && !existsSync('/dev/mapper/control')) this.skip();
      const file = bench.bundle('terashi', { format });
      const bytes = readFileSync(file);
      bytes[bench.newRoot.length / 2] ^= 1;
      writeFileSync(file, bytes);
      bench.plugIn(file);
      const done = await install();
      assert.deepEqual(done, err('torn'));
      assert.notEqual(bench.read('boot.primary'), 'B\n');
      assert.equal(bench.read('state/trial.json'), '');
    });
  }

  it('is not said to be lost with its stick because rauc misses a file of its own', async () => {
    bench.plugIn(bench.bundle('terashi'));
    // What rauc 1.13 says where it sees no status file, before what went wrong.
    const said = [
      'rauc-Message: 05:29:28.131: Failed to load system status: No such file or directory',
      'new',
    ];
    const says = said.map((line) => `echo '${line}' >&2`).join('; ');
    bench.script('bin/rauc', `if [ "$1" = info ]; then ${says}; exit 1; else exec /usr/bin/rauc "$@"; fi`);
    await refused('write-failed');
  });

  it('is the newest of several that may be installed', async () => {
    bench.plugIn(
      bench.bundle('a', { version: '0.9.0' }),
      bench.bundle('b', { version: '0.10.0' }),
      bench.bundle('c', { version: '9.0.0', signer: 'stranger' }),
    );
    assert.deepEqual(await updater.check(), { is: 'found', version: '0.10.0' });
    assert.deepEqual(await install('0.9.0'), err('changed'), 'only what was agreed to');
    untouched();
  });

  it('leaves the box as it was if it is pulled out while it is written, and can be tried again', async () => {
    bench.plugIn(bench.bundle('terashi'));
    // Nothing of the stick is cached, and the rest of it is gone.
    bench.script(
      'pre-install',
      `dd if="$RAUC_BUNDLE_MOUNT_POINT/root.img" iflag=nocache count=0 2> /dev/null
       for file in /run/terashi-sticks/*/*.raucb; do dd if="$file" iflag=nocache count=0 2> /dev/null; done
       truncate -s 0 '${bench.path('stick.img')}'
       echo '{"blockdevices":[]}' > '${bench.path('lsblk')}'`,
    );
    assert.deepEqual(await install(), err('stick-lost'));
    assert.notEqual(bench.read('boot.primary'), 'B\n');
    assert.equal(bench.read('state/trial.json'), '');
    bench.script('pre-install', '');
    bench.plugIn(bench.path('terashi.raucb'));
    assert.deepEqual(await install(), ok('installed'));
  });

  it('can be stopped until it is being written', async () => {
    bench.plugIn(bench.bundle('terashi'));
    const stop = new AbortController();
    assert.deepEqual(await install('0.2.0', () => stop.abort(), stop.signal), err('cancelled'));
    untouched();
    const late = new AbortController();
    const stopLate = ({ writing }: Progress) => {
      if (writing) late.abort();
    };
    const done = await install('0.2.0', stopLate, late.signal);
    assert.deepEqual(done, ok('installed'));
  });

  it('is not started if it was exchanged before it was written', async () => {
    bench.plugIn(bench.bundle('terashi'));
    const old = bench.bundle('old', { version: '0.0.9' });
    // A stick that shows rauc other bytes than before.
    bench.script(
      'bin/rauc',
      `if [ "$1" = install ]; then exec /usr/bin/rauc install '${old}'; else exec /usr/bin/rauc "$@"; fi`,
    );
    assert.deepEqual(await install(), err('changed'));
    assert.equal(bench.read('boot.primary'), 'A\n');
    assert.equal(bench.read('boot.B'), 'bad\n');
  });

  describe('asks systemd to restart a box by a file, as on a box,', () => {
    const restart = async () => {
      bench.plugIn(bench.bundle('terashi'));
      const done = await updater.install('0.2.0', () => undefined, never);
      assert(done.ok);
      assert(!existsSync(bench.path('restart')), 'not before it is asked');
      return done.value.restart();
    };
    beforeEach(() => (process.env.TERASHI_RESTART_FILE = bench.path('restart')));
    afterEach(() => delete process.env.TERASHI_RESTART_FILE);

    it('which it lays down', async () => {
      assert((await restart()).ok);
      assert(existsSync(bench.path('restart')));
      assert.equal(bench.read('systemctl'), '');
    });

    it('and says so where it cannot', async () => {
      process.env.TERASHI_RESTART_FILE = bench.path('no-such-folder', 'restart');
      assert.deepEqual(await restart(), err('restart-failed'));
    });
  });

  it('does not restart a box on which nothing was installed', () => {
    const asked = spawnSync(process.execPath, ['build/appliance/update/main.js'], {
      input: '{"do":"restart"}\n',
      env: { ...process.env, TERASHI_RESTART_FILE: bench.path('restart') },
    });
    assert.equal(asked.stdout.toString(), '{"is":"failed","why":"restart-failed"}\n');
    assert.equal(bench.read('systemctl'), '');
    assert(!existsSync(bench.path('restart')));
  });
});
