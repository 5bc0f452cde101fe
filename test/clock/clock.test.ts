import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { batteryClocks } from '../../appliance/clock/battery.js';
import { builtAt } from '../../appliance/clock/built.js';
import { clockOf, markFileIn } from '../../appliance/clock/clock.js';
import { thisKernel } from '../../appliance/clock/kernel.js';
import { readMark, writeMark } from '../../appliance/clock/mark.js';
import { isSynchronised } from '../../appliance/clock/network.js';
import { Box } from './made.js';

describe('the clock', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-clock-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  it('counts from the boot of this machine, by the kernel’s own clock', () => {
    const kernel = thisKernel();
    const before = kernel.sinceBoot();
    const said = Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0]) * 1000;
    const after = kernel.sinceBoot();
    assert.ok(before - 20 <= said && said <= after + 20, `${before} ${said} ${after}`);
    assert.equal(`${kernel.bootId}\n`, readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
    assert.match(kernel.bootId, /^[0-9a-f-]{36}$/);
  });

  it('judges this machine by the clocks and the network that it has', async () => {
    const clock = clockOf(folder);
    await clock.refresh();
    const trust = clock.judge(clock.read(), undefined);
    // Independently, where it is known at all: from systemd itself, and from any battery clock.
    const asked = (command: string) => execFileSync('sh', ['-c', command], { encoding: 'utf8' }).trim();
    const network =
      asked('timedatectl show --property=NTPSynchronized --value 2>/dev/null || true') === 'yes';
    const synchronised = network || existsSync('/run/systemd/timesync/synchronized');
    const batteries = asked('cat /sys/class/rtc/*/since_epoch 2>/dev/null || true').split('\n');
    const battery = batteries.some(
      (said) => said !== '' && Math.abs(Number(said) * 1000 - Date.now()) < 300_000,
    );
    assert.equal(trust.timeSource, synchronised ? 'network' : battery ? 'battery' : 'none');
    assert.equal(trust.timeTrusted, trust.timeSource !== 'none');
  });

  it('knows when the software was built', () => {
    assert.ok(builtAt() >= Date.UTC(2026, 10, 1));
    assert.ok(builtAt() <= Date.now());
  });

  describe('on a network', () => {
    const places = () => ({
      synchronised: join(folder, 'synchronized'),
      booted: folder,
      program: join(folder, 'timedatectl'),
    });
    const program = (script: string) => {
      writeFileSync(places().program, `#!/bin/sh\n${script}\n`);
      chmodSync(places().program, 0o755);
    };

    it('is synchronised if systemd says so in either way', async () => {
      program('[ "$*" = "show --property=NTPSynchronized --value" ] && echo yes');
      assert.equal(await isSynchronised(places()), true);
      program('echo no');
      assert.equal(await isSynchronised(places()), false);
      writeFileSync(places().synchronised, '');
      assert.equal(await isSynchronised(places()), true);
    });

    it('is not synchronised if there is no answer, or none in time', async () => {
      assert.equal(await isSynchronised(places()), false, 'no such program');
      program('echo yes; exit 1');
      assert.equal(await isSynchronised(places()), false, 'it failed');
      program('sleep 30; echo yes');
      assert.equal(await isSynchronised(places()), false, 'it hangs');
      program('echo yes');
      assert.equal(await isSynchronised({ ...places(), booted: join(folder, 'none') }), false, 'no systemd');
    });

    it('stays trusted if the network is lost, but not if the clock is set', async () => {
      const box = new Box();
      let synchronised = false;
      const clock = box.clock({ synchronised: () => Promise.resolve(synchronised) });
      const source = () => clock.judge(clock.read(), undefined).timeSource;
      await clock.refresh();
      assert.equal(source(), 'none');
      // The network arrives late, and the clock leaps.
      box.pass(60_000);
      box.set(Date.UTC(2026, 5, 1));
      synchronised = true;
      assert.equal(source(), 'none');
      await clock.refresh();
      assert.equal(source(), 'network');
      synchronised = false;
      box.pass(86_400_000);
      await clock.refresh();
      assert.equal(source(), 'network');
      box.set(Date.UTC(2026, 6, 1));
      await clock.refresh();
      assert.equal(source(), 'none');
    });
  });

  describe('with a battery', () => {
    const chip = (name: string, said: string) => {
      mkdirSync(join(folder, name));
      writeFileSync(join(folder, name, 'since_epoch'), said);
    };

    it('is read if there is one and it answers', async () => {
      assert.deepEqual(await batteryClocks(join(folder, 'none')), []);
      chip('rtc0', '1772602327\n');
      chip('rtc1', '97\n');
      chip('rtc2', 'nonsense\n');
      chip('rtc3', '-5\n');
      mkdirSync(join(folder, 'rtc4'));
      assert.deepEqual((await batteryClocks(folder)).sort(), [1_772_602_327_000, 97_000]);
    });

    it('is not trusted if it started at 1970, as without its battery', async () => {
      const box = new Box();
      let chipSays = 97_000;
      const clock = box.clock({ batteries: () => Promise.resolve([chipSays]) });
      box.pass(97_000);
      await clock.refresh();
      assert.equal(clock.judge(clock.read(), undefined).doubt, 'no-source');
      // The kernel took its time from the battery clock.
      box.set(97_000);
      assert.equal(clock.judge(clock.read(), undefined).doubt, 'before-software');
      chipSays = Date.UTC(2026, 2, 4, 9);
      box.set(chipSays);
      await clock.refresh();
      assert.deepEqual(clock.judge(clock.read(), undefined), { timeTrusted: true, timeSource: 'battery' });
    });
  });

  describe('set by the clerk', () => {
    const made = { bootId: 'boot 1', difference: 5, corrected: false };

    it('is trusted for this boot only', async () => {
      const file = markFileIn(folder);
      assert.equal(await readMark(file, 'boot 1'), undefined);
      await writeMark(file, made);
      assert.deepEqual(await readMark(file, 'boot 1'), made);
      assert.equal(await readMark(file, 'boot 2'), undefined);
      assert.equal(statSync(file).mode & 0o777, 0o600);
      for (const nonsense of ['', '{', 'null', '{"bootId":"boot 1"}', JSON.stringify({ ...made, more: 1 })]) {
        writeFileSync(file, nonsense);
        assert.equal(await readMark(file, 'boot 1'), undefined, nonsense);
      }
    });

    it('is trusted until it is set again', async () => {
      const box = new Box();
      const file = markFileIn(folder);
      const clock = box.clock({ mark: () => readMark(file, box.bootId) });
      const trust = async () => {
        await clock.refresh();
        return clock.judge(clock.read(), undefined);
      };
      box.pass(30_000);
      await writeMark(file, { ...made, difference: box.wall() - box.sinceBoot() });
      assert.deepEqual(await trust(), { timeTrusted: true, timeSource: 'clerk' });
      box.pass(3_600_000);
      assert.equal((await trust()).timeSource, 'clerk');
      box.set(box.wall() + 60_000);
      assert.equal((await trust()).timeSource, 'none');
      box.set(box.wall() - 60_000);
      assert.equal((await trust()).timeSource, 'clerk');
      box.boot();
      assert.equal((await trust()).timeSource, 'none');
    });

    it('may precede the records only if they were declared wrong', async () => {
      const box = new Box();
      const file = markFileIn(folder);
      const clock = box.clock({ mark: () => readMark(file, box.bootId) });
      const lastRecord = box.wall() + 86_400_000;
      const set = { ...made, difference: box.wall() };
      await writeMark(file, set);
      await clock.refresh();
      assert.equal(clock.judge(clock.read(), lastRecord).doubt, 'before-record');
      await writeMark(file, { ...set, corrected: true });
      await clock.refresh();
      assert.ok(clock.judge(clock.read(), lastRecord).timeTrusted);
      box.set(Date.UTC(2026, 1, 1));
      await writeMark(file, { ...set, difference: box.wall(), corrected: true });
      await clock.refresh();
      assert.equal(clock.judge(clock.read(), lastRecord).doubt, 'before-software');
    });
  });
});
