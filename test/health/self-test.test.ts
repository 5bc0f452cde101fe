import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import sharp from 'sharp';

import { type Checked, checkName, type CheckName } from '../../appliance/health/check.js';
import { SelfTestVault } from '../../appliance/health/self-test-vault.js';
import { type Machine, selfTest } from '../../appliance/health/self-test.js';
import { installation } from '../../appliance/installation.js';
import { err, ok } from '../../appliance/result.js';
import type { CameraChoice, ScannerChoice } from '../../appliance/protocol/vault.js';
import { started } from '../camera/processes.js';

const practice = (name: string) => join(installation.practice, name);
const bench = (name: string): ScannerChoice => ({ kind: 'bench', picture: practice(name) });
const replay: CameraChoice = { kind: 'replay', pictures: practice('camera') };
const never = new AbortController().signal;

describe('the vault of the self-test', () => {
  const vault = new SelfTestVault({});
  after(() => vault.erase());

  it('sees the size, the rate and the brightness of a camera’s pictures', async () => {
    const pictures = practice('camera/30.jpg');
    const seen = await vault.checkCamera({ kind: 'replay', pictures }, never);
    assert.ok(seen.ok);
    const { width, height, per10Seconds, brightness } = seen.value;
    assert.deepEqual([width, height], [1280, 960]);
    // The replay camera hands over fifteen pictures a second where the machine is not busy.
    assert.ok(per10Seconds > 0 && per10Seconds <= 165, `${per10Seconds}`);
    const [red, green, blue] = (await sharp(pictures).stats()).channels.map(({ mean }) => mean);
    const luma = 0.299 * red + 0.587 * green + 0.114 * blue;
    assert.ok(Math.abs(luma - brightness) < 2, `${luma} ${brightness}`);
  });

  it('finds an empty glass empty, and a card on it', async () => {
    const empty = await vault.checkScanner(bench('blank.png'), 300, never);
    assert.deepEqual(empty, {
      ok: true,
      value: { width: 210, height: 297, resolution: 300, brightness: 251, oddest: 0 },
    });
    const card = await vault.checkScanner(bench('card.png'), 300, never);
    assert.ok(card.ok && card.value.brightness === 251 && card.value.oddest > 100, JSON.stringify(card));
  });

  it('passes on what a device fails with', async () => {
    assert.deepEqual(
      await vault.checkCamera({ kind: 'replay', pictures: '/nowhere' }, never),
      err('camera-missing'),
    );
    assert.deepEqual(
      await vault.checkScanner({ kind: 'bench', picture: '/nowhere' }, 300, never),
      err('scanner-failed'),
    );
    assert.deepEqual(
      await vault.checkScanner({ kind: 'sane', name: 'nowhere:0' }, 300, never),
      err('scanner-missing'),
    );
  });
});

describe('the self-test', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-self-test-'));
  after(() => rmSync(folder, { recursive: true }));

  const machine: Machine = {
    customModel: {},
    recordFile: join(folder, 'records.jsonl'),
    tpm: () => 'none',
    onBox: false,
    resolution: 300,
    lights: () => 'sysfs',
    settings: () => ({ problems: 0, line: undefined, kept: true, drawable: true }),
    udevLive: () => true,
    clock: () => Promise.resolve({ timeTrusted: true, timeSource: 'network' }),
    camera: () => Promise.resolve(ok({ choice: replay, largest: { width: 2592, height: 1944 } })),
    scanner: () => Promise.resolve(ok(bench('blank.png'))),
    withCameraLight: (work) => work(new AbortController().signal),
  };
  const verdicts = (checks: readonly Checked[]) =>
    Object.fromEntries(checks.map(({ check, code, verdict }) => [check, code ?? verdict]));

  it('makes every check once, tells each step, and leaves no vault behind', async () => {
    const before = started();
    const steps: (CheckName | undefined)[] = [];
    const tested = await selfTest(machine, (_, now) => steps.push(now), never);
    assert.ok(tested.ok);
    assert.deepEqual(
      tested.value.map(({ check }) => check),
      checkName.options,
    );
    assert.deepEqual(steps, ['memory', 'records', 'models', 'camera', 'scanner', undefined]);
    const { models, records, camera, scanner, 'scanner-glass': glass } = verdicts(tested.value);
    assert.deepEqual(
      { models, records, scanner, glass },
      { models: 'ok', records: 'ok', scanner: 'scanner-practice', glass: 'ok' },
    );
    assert.ok(camera === 'camera-practice' || camera === 'camera-slow');
    assert.deepEqual(started(), before);
  });

  it('says what is missing, and still makes the other checks', async () => {
    const broken: Machine = {
      ...machine,
      camera: () => Promise.resolve(err('camera-missing')),
      scanner: () => Promise.resolve(err('scanner-jammed')),
    };
    const tested = await selfTest(broken, () => undefined, never);
    assert.ok(tested.ok);
    const { camera, scanner, models } = verdicts(tested.value);
    assert.deepEqual(
      { camera, scanner, models },
      { camera: 'camera-missing', scanner: 'scanner-jammed', models: 'ok' },
    );
    assert.equal(tested.value.length, checkName.options.length);
  });

  it('runs no camera whose light cannot be lit', async () => {
    const dark: Machine = { ...machine, withCameraLight: () => Promise.resolve(err('camera-busy')) };
    const tested = await selfTest(dark, () => undefined, never);
    assert.ok(tested.ok && verdicts(tested.value).camera === 'camera-busy');
  });

  it('says so where the models are not to be trusted, and looks at no device', async () => {
    const tested = await selfTest({ ...machine, customModel: { pack: folder } }, () => undefined, never);
    assert.ok(tested.ok);
    const { models, camera, scanner } = verdicts(tested.value);
    assert.deepEqual(
      { models, camera, scanner },
      { models: 'model-missing', camera: 'model-missing', scanner: 'model-missing' },
    );
  });

  it('ends soon when it is stopped while the camera runs, and leaves no vault behind', async () => {
    const before = started();
    const stop = new AbortController();
    const withCameraLight: Machine['withCameraLight'] = async (work) => {
      setTimeout(() => stop.abort(), 200);
      return work(new AbortController().signal);
    };
    const tested = await selfTest({ ...machine, withCameraLight }, () => undefined, stop.signal);
    assert.ok(tested.ok);
    const ofDevices = ['camera', 'camera-pixels', 'room-light', 'scanner', 'scanner-glass'];
    assert.deepEqual(
      tested.value.filter(({ check }) => ofDevices.includes(check)),
      [],
    );
    assert.deepEqual(started(), before);
  });
});
