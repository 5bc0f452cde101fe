import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import fc from 'fast-check';

import { judgeCamera } from '../../appliance/health/camera.js';
import { type Checked, checked, faultIn } from '../../appliance/health/check.js';
import { checkClock } from '../../appliance/health/clock.js';
import { checkDisk } from '../../appliance/health/disk.js';
import { checkLights } from '../../appliance/health/lights.js';
import { checkMemory } from '../../appliance/health/memory.js';
import { checkCalibration } from '../../appliance/health/calibration.js';
import { checkModels } from '../../appliance/health/models.js';
import { checkRecords } from '../../appliance/health/records.js';
import { judgeScanner } from '../../appliance/health/scanner.js';
import { checkPlugs } from '../../appliance/health/plugs.js';
import { checkSettings } from '../../appliance/health/settings.js';
import { isSwapLimited } from '../../appliance/health/swap-limit.js';
import { checkSwap } from '../../appliance/health/swap.js';
import { checkTemperature } from '../../appliance/health/temperature.js';
import { checkThrottling } from '../../appliance/health/throttling.js';
import { installation } from '../../appliance/installation.js';
import { err, ok } from '../../appliance/result.js';
import { cameraSeen, glassSeen } from '../../appliance/protocol/vault.js';
import { writeEntries } from '../record/scratch.js';

const said = ({ verdict, code }: Checked) => [verdict, ...(code ? [code] : [])].join(' ');

describe('a check of the self-test', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'terashi-health-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  /** A file as the kernel would show it. */
  function made(name: string, content: string): string {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  it('of memory looks at what is left for a visit', async () => {
    const meminfo = (kibibytes: number) =>
      made('meminfo', `MemTotal:  947756 kB\nMemFree:    9999 kB\nMemAvailable:   ${kibibytes} kB\n`);
    assert.equal(said(await checkMemory(meminfo(600_000))), 'ok');
    assert.equal(said(await checkMemory(meminfo(250_000))), 'warning memory-low');
    assert.equal(said(await checkMemory(meminfo(100_000))), 'failed memory-short');
    assert.deepEqual((await checkMemory(meminfo(250_000))).numbers, { availableMegabytes: 256 });
    assert.equal(said(await checkMemory(made('none', 'MemTotal: 1 kB\n'))), 'failed memory-short');
  });

  it('of swap allows none on a box, unless the kernel keeps the units out of it', async () => {
    const header = 'Filename\t\t\t\tType\t\tSize\t\tUsed\t\tPriority\n';
    const none = made('none', header);
    const some = made(
      'some',
      `${header}/dev/zram0\tpartition\t524284\t\t0\t\t100\n/var/swap file 1048576 0 -2\n`,
    );
    const check = (onBox: boolean, swaps: string, limited: boolean) =>
      checkSwap(onBox, swaps, () => Promise.resolve(limited));
    assert.equal(said(await check(true, none, false)), 'ok');
    assert.equal(said(await check(true, some, false)), 'failed swap-on');
    assert.equal(said(await check(true, some, true)), 'ok');
    assert.equal(said(await check(false, some, true)), 'warning swap-elsewhere');
    for (const limited of [false, true])
      assert.deepEqual((await check(true, some, limited)).numbers, { swapMegabytes: 1611 });
  });

  describe('of swap', () => {
    /** Whether a process in `unit` is limited, with these files below `/sys/fs/cgroup`. */
    const limited = (group: string, files: Readonly<Record<string, string>>) => {
      const own = made('cgroup', group);
      rmSync(join(folder, 'groups'), { recursive: true, force: true });
      for (const [name, content] of Object.entries(files)) made(`groups/${name}`, content);
      return isSwapLimited(own, join(folder, 'groups'));
    };
    const unit = '0::/system.slice/terashi.service\n';

    // What each file holds: Linux, admin-guide/cgroup-v2.rst; the line of a process: cgroups(7).
    it('finds the limit of its own control group, or of one above', async () => {
      const own = 'system.slice/terashi.service/memory.swap.max';
      assert.equal(await limited(unit, { [own]: '0\n' }), true);
      assert.equal(await limited(unit, { [own]: 'max\n' }), false);
      assert.equal(await limited(unit, { [own]: '4096\n' }), false);
      assert.equal(await limited(unit, { [own]: 'max\n', 'system.slice/memory.swap.max': '0\n' }), true);
      assert.equal(await limited('0::/\n', { 'memory.swap.max': '0\n' }), true);
      assert.equal(await limited(unit, { 'system.slice/other.service/memory.swap.max': '0\n' }), false);
    });

    it('finds none where memory control is off, as Raspberry Pi’s firmware asks for', async () => {
      const controllers = { 'cgroup.controllers': 'cpuset cpu io pids\n' };
      assert.equal(await limited(unit, controllers), false);
      // cgroup version 1 has no limit of swap alone.
      assert.equal(await limited('4:memory:/system.slice/terashi.service\n', controllers), false);
      assert.equal(await isSwapLimited(join(folder, 'none'), folder), false);
    });

    it('may judge vaults by the core, whose unit has the same limit', () => {
      for (const unit of ['terashi.service', 'terashi-vault@.service'])
        assert.match(
          readFileSync(join(installation.root, 'systemd', unit), 'utf8'),
          /^MemorySwapMax=0$/m,
          unit,
        );
    });
  });

  it('asks a box, and no container, for a udev that tells what is plugged in', () => {
    assert.equal(said(checkPlugs(true, true)), 'ok');
    assert.equal(said(checkPlugs(false, true)), 'warning plugs-untold');
    assert.equal(said(checkPlugs(false, false)), 'not-made plugs-untold');
  });

  it('warns of settings that are not those of the file, and of good ones that are not kept', () => {
    assert.deepEqual(checkSettings({ problems: 2, line: 7, kept: true, drawable: true }).numbers, {
      problems: 2,
      line: 7,
    });
    assert.equal(
      said(checkSettings({ problems: 1, line: undefined, kept: true, drawable: true })),
      'warning settings-wrong',
    );
    assert.equal(
      said(checkSettings({ problems: 0, line: undefined, kept: false, drawable: true })),
      'warning settings-not-kept',
    );
    assert.equal(
      said(checkSettings({ problems: 0, line: undefined, kept: true, drawable: false })),
      'warning name-undrawable',
    );
    assert.equal(said(checkSettings({ problems: 0, line: undefined, kept: true, drawable: true })), 'ok');
  });

  it('of the temperature takes the hottest zone', async () => {
    for (const [zone, temperature] of ['48212', '81500', '-274000', '250000', 'x'].entries())
      made(`zones/thermal_zone${zone}/temp`, `${temperature}\n`);
    made('zones/cooling_device0/temp', '99000\n');
    mkdirSync(join(folder, 'zones', 'thermal_zone9'));
    const check = await checkTemperature(join(folder, 'zones'));
    assert.deepEqual([said(check), check.numbers.celsius], ['warning hot', 82]);
    rmSync(join(folder, 'zones', 'thermal_zone1'), { recursive: true });
    assert.equal(said(await checkTemperature(join(folder, 'zones'))), 'ok');
    assert.equal(said(await checkTemperature(join(folder, 'nowhere'))), 'not-made temperature-unknown');
  });

  for (const soc of ['soc/soc:firmware', 'soc@107c000000/soc@107c000000:firmware']) {
    it(`of throttling reads a Raspberry Pi's flags at ${soc}`, async () => {
      for (const [flags, expected] of [
        ['0', 'ok'],
        ['50005', 'warning power-weak'],
        ['0x10000', 'warning power-weak'],
        ['80008', 'warning throttled'],
        ['40000', 'warning throttled'],
        ['2', 'warning throttled'],
        ['nonsense', 'not-made throttling-unknown'],
      ]) {
        made(`${soc}/get_throttled`, `${flags}\n`);
        assert.equal(said(await checkThrottling(folder, join(folder, 'no-program'))), expected, flags);
      }
    });
  }

  it('of throttling asks the firmware’s program where the kernel does not tell', async () => {
    const program = made('vcgencmd', '#!/bin/sh\ntest "$1" = get_throttled && echo throttled=0x50000\n');
    chmodSync(program, 0o755);
    const check = await checkThrottling(folder, program);
    assert.deepEqual([said(check), check.numbers.flags], ['warning power-weak', 0x50000]);
    writeFileSync(program, '#!/bin/sh\nexit 1\n');
    assert.equal(said(await checkThrottling(folder, program)), 'not-made throttling-unknown');
  });

  it('of the disk asks for a folder that takes records, or in which theirs can be made', async () => {
    assert.equal(said(await checkDisk(join(folder, 'records.jsonl'))), 'ok');
    assert.equal(said(await checkDisk(join(folder, 'new', 'newer', 'records.jsonl'))), 'ok');
    const file = made('file', '');
    assert.equal(said(await checkDisk(join(file, 'records.jsonl'))), 'failed record-failed');
    // Nobody, not even root, writes there.
    assert.equal(said(await checkDisk('/proc/self/records.jsonl')), 'failed record-disk-full');
  });

  it('of the records follows the chain from end to end', async () => {
    const file = join(folder, 'records.jsonl');
    assert.deepEqual(await checkRecords(file), { check: 'records', verdict: 'ok', numbers: { records: 0 } });
    await writeEntries(file, 3);
    assert.deepEqual((await checkRecords(file)).numbers, { records: 3 });
    assert.equal(said(await checkRecords(file, 'silent')), 'warning record-uncounted');
    assert.deepEqual((await checkRecords(file, 'counts')).numbers, { records: 3 });
    const whole = readFileSync(file, 'utf8');
    writeFileSync(file, `${whole}{"version":2,`);
    assert.equal(said(await checkRecords(file)), 'warning record-torn');
    writeFileSync(file, whole.replace('0.01', '0.91'));
    assert.equal(said(await checkRecords(file)), 'failed record-broken');
    rmSync(file);
    mkdirSync(file);
    assert.equal(said(await checkRecords(file)), 'failed record-failed');
  });

  it('of the clock and of the lights says what is known', () => {
    const clock = checkClock({ timeTrusted: true, timeSource: 'network' });
    assert.equal(said(clock), 'ok');
    assert.deepEqual(clock.numbers, { minutesAheadOfUtc: 0 - new Date().getTimezoneOffset() });
    assert.equal(
      said(checkClock({ timeTrusted: false, timeSource: 'none', doubt: 'no-source' })),
      'warning clock-untrusted',
    );
    assert.deepEqual(
      (['sysfs', 'character-device', 'absent', 'failed', 'stuck', 'silent', 'off'] as const).map((lights) =>
        said(checkLights(lights)),
      ),
      [
        'ok',
        'ok',
        'not-made lights-absent',
        'warning light-failed',
        'warning button-stuck',
        'warning lights-silent',
        'not-made lights-off',
      ],
    );
  });

  it('of the calibration says whether the municipality has made one', () => {
    assert.equal(said(checkCalibration({ calibration: '/boot/calibration.json' })), 'ok');
    assert.equal(said(checkCalibration({})), 'warning not-calibrated');
  });

  it('of the models passes on what a vault met', () => {
    const recogniser = { model: '', modelHash: '', threshold: 0.5, bounds: [] };
    assert.equal(said(checkModels(ok({ recogniser: { ...recogniser, golden: { ppm: 3 } } }))), 'ok');
    assert.equal(said(checkModels(err('model-unsound'))), 'failed model-unsound');
  });

  it('of the camera tells whether it works, how fine it sees, and how light the room is', () => {
    const seen = { width: 1280, height: 960, per10Seconds: 300, brightness: 120 };
    const judged = (
      change: Partial<typeof seen> = {},
      practice = false,
      largest?: { width: number; height: number },
    ) => judgeCamera(ok({ ...seen, ...change }), practice, largest).map(said);
    const fine = { width: 2592, height: 1944 };
    assert.deepEqual(judged({}, false, fine), ['ok', 'ok', 'ok']);
    assert.deepEqual(judged({}, false, { width: 1920, height: 1080 })[1], 'warning camera-few-pixels');
    assert.deepEqual(judged()[1], 'not-made camera-pixels-unknown');
    assert.deepEqual(judged({ per10Seconds: 49 }, false, fine)[0], 'warning camera-slow');
    assert.deepEqual(judged({ brightness: 20 }, false, fine)[2], 'warning room-dark');
    assert.deepEqual(judged({ brightness: 240 }, false, fine)[2], 'warning room-bright');
    assert.deepEqual(judged({}, true), ['warning camera-practice', 'not-made camera-practice', 'ok']);
    assert.deepEqual(judgeCamera(err('camera-busy'), false).map(said), [
      'failed camera-busy',
      'not-made not-looked',
      'not-made not-looked',
    ]);
  });

  it('of the scanner tells whether it works, and whether its glass is empty and white', () => {
    const seen = { width: 210, height: 297, resolution: 300, brightness: 250, oddest: 3 };
    const judged = (change: Partial<typeof seen> = {}, practice = false) =>
      judgeScanner(ok({ ...seen, ...change }), practice).map(said);
    assert.deepEqual(judged(), ['ok', 'ok']);
    assert.deepEqual(judged({ oddest: 60 }), ['ok', 'warning glass-not-empty']);
    assert.deepEqual(judged({ brightness: 90 }), ['ok', 'warning glass-dark']);
    assert.deepEqual(judged({}, true), ['warning scanner-practice', 'ok']);
    assert.deepEqual(judgeScanner(err('scanner-jammed'), false).map(said), [
      'failed scanner-jammed',
      'not-made not-looked',
    ]);
  });

  it('fits the panels, and a fault among them stops visits, whatever a vault may say', () => {
    const camera = fc.record({
      width: fc.integer({ min: 1, max: 20_000 }),
      height: fc.integer({ min: 1, max: 20_000 }),
      per10Seconds: fc.nat(10_000),
      brightness: fc.nat(255),
    });
    const glass = fc.record({
      width: fc.integer({ min: 1, max: 1000 }),
      height: fc.integer({ min: 1, max: 1000 }),
      resolution: fc.integer({ min: 300, max: 600 }),
      brightness: fc.nat(255),
      oddest: fc.nat(255),
    });
    fc.assert(
      fc.property(camera, glass, fc.boolean(), (cameraIs, glassIs, practice) => {
        const checks = [
          ...judgeCamera(ok(cameraSeen.parse(cameraIs)), practice),
          ...judgeScanner(ok(glassSeen.parse(glassIs)), practice),
        ];
        for (const check of checks) checked.parse(check);
        assert.equal(faultIn(checks), undefined);
        assert.equal(faultIn([...checks, ...judgeScanner(err('scanner-busy'), practice)]), 'scanner-busy');
      }),
    );
  });
});
