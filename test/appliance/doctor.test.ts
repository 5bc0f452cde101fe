import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';

import { isUdevRunning } from '../../appliance/core/udev-monitor.js';
import { checkName } from '../../appliance/health/check.js';
import { installation } from '../../appliance/installation.js';
import { Box } from '../../hardware-tests/counter/box.js';
import { Counter, program, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';

type Diagnosis = {
  well: boolean;
  software: string;
  appliance: string;
  practice: boolean;
  settings: { file: string | null; problems: { key?: string }[] } | null;
  checks: {
    check: string;
    verdict: string;
    code: string | null;
    numbers: Record<string, number>;
    cause: { ja: string; en: string } | null;
    remedy: { ja: string; en: string } | null;
  }[];
};

const card = join(installation.practice, 'card.png');
const blank = join(installation.practice, 'blank.png');
const frames = join(installation.practice, 'camera');

describe('terashi doctor', function () {
  // A doctor and an appliance start several vaults one after another, and others work beside them.
  this.timeout(120_000);
  const folder = stateFolder();
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function diagnose(...args: string[]) {
    const { code, stdout } = await terashi(['doctor', '--json', '--state', folder, ...args]);
    const diagnosis = JSON.parse(stdout) as Diagnosis;
    const codes = Object.fromEntries(
      diagnosis.checks.map(({ check, verdict, code }) => [check, [verdict, code]] as const),
    );
    return { code, diagnosis, codes };
  }

  it('says of a machine without devices what is missing and how to mend it', async () => {
    const { code, diagnosis, codes } = await diagnose();
    assert.equal(code, 1);
    const { well, software, appliance, practice, checks } = diagnosis;
    assert.deepEqual({ well, appliance, practice }, { well: false, appliance: 'stopped', practice: true });
    assert.match(software, /^terashi \d+\.\d+\.\d+$/);
    assert.deepEqual(
      checks.map(({ check }) => check),
      checkName.options,
    );
    assert.deepEqual(codes.camera, ['failed', 'camera-missing']);
    assert.deepEqual(codes.scanner, ['failed', 'scanner-missing']);
    assert.deepEqual(codes.models, ['ok', null]);
    for (const { verdict, cause, remedy, code } of diagnosis.checks) {
      assert.equal(verdict === 'ok', code === null);
      assert.equal(verdict !== 'ok', Boolean(cause?.ja && cause.en && remedy?.ja && remedy.en), code ?? '');
    }
  });

  it('says of practice pictures what they are, and is content with them', async () => {
    const { code, diagnosis, codes } = await diagnose('--document', blank, '--camera', frames);
    assert.equal(code, 0);
    assert.equal(diagnosis.well, true);
    assert.deepEqual(codes.scanner, ['warning', 'scanner-practice']);
    assert.deepEqual(codes['scanner-glass'], ['ok', null]);
    assert.equal(codes.camera[0], 'warning');
    const { codes: laid } = await diagnose('--document', card, '--camera', frames);
    assert.deepEqual(laid['scanner-glass'], ['warning', 'glass-not-empty']);
  });

  it('has a running appliance test itself', async () => {
    const counter = await Counter.open([], folder);
    try {
      await counter.scene('idle', 2);
      const { code, diagnosis, codes } = await diagnose();
      assert.equal(code, 0);
      assert.equal(diagnosis.appliance, 'asked');
      assert.deepEqual(codes.scanner, ['warning', 'scanner-practice']);
      assert.equal(
        typeof diagnosis.checks.find(({ check }) => check === 'disk')?.numbers.freeMegabytes,
        'number',
      );
      await counter.scene('self-test');
      await counter.scene('idle', 2);
      await counter.goTo('notice');
      const { diagnosis: beside, codes: busy } = await diagnose();
      assert.equal(beside.appliance, 'busy');
      assert.deepEqual(busy.camera, ['not-made', 'visit-under-way']);
      assert.deepEqual(busy.scanner, ['not-made', 'visit-under-way']);
      assert.deepEqual(busy.models, ['ok', null]);
    } finally {
      await counter.close();
    }
  });

  it('names what is wrong in the settings, by line, and a good file that cannot be kept', async () => {
    mkdirSync(folder, { recursive: true });
    const file = join(folder, 'terashi.toml');
    writeFileSync(file, '[visit]\npolicy = "always"\nway = "both"\n');
    const wrong = await diagnose('--settings', file);
    assert.deepEqual(wrong.codes.settings, ['warning', 'settings-wrong']);
    assert.deepEqual(wrong.diagnosis.checks.find(({ check }) => check === 'settings')?.numbers, {
      problems: 1,
      line: 3,
    });
    assert.equal(wrong.diagnosis.settings?.problems.at(0)?.key, 'visit.way');
    const { stdout } = await terashi(['doctor', '--state', folder, '--settings', file]);
    assert.match(stdout, /3行目 visit\.way/);

    writeFileSync(file, '[visit]\npolicy = "always"\n');
    assert.deepEqual((await diagnose('--settings', file)).codes.settings, ['ok', null]);
    const copy = join(folder, 'settings.last-good.json');
    assert.ok(!existsSync(copy));
    mkdirSync(copy);
    const unkept = await diagnose('--settings', file);
    assert.deepEqual(unkept.codes.settings, ['warning', 'settings-not-kept']);
    rmSync(copy, { recursive: true });
  });

  it('says where nothing tells what is plugged in', async () => {
    const { codes } = await diagnose();
    assert.deepEqual(codes.plugs, isUdevRunning() ? ['ok', null] : ['not-made', 'plugs-untold']);
  });

  it('knows how large a picture an attached camera takes', async function () {
    const box = await Box.make();
    if (!box) return this.skip();
    try {
      box.plug('camera');
      const { stdout } = await terashi(['doctor', '--json', '--state', folder], box.env);
      const { checks } = JSON.parse(stdout) as Diagnosis;
      const pixels = checks.find(({ check }) => check === 'camera-pixels');
      assert.equal(pixels?.verdict, 'ok', stdout);
      assert.deepEqual(pixels.numbers, { width: 4608, height: 2592, megapixels: 11.9 });
    } finally {
      box.remove();
    }
  });

  it('says what it waits for while the lid is open, and goes on once it is closed', async function () {
    const box = await Box.make();
    if (!box) return this.skip();
    try {
      box.plug('scanner', { name: 'fi-65F' });
      box.lidOpen = true;
      const doctor = spawn(process.execPath, [program, 'doctor', '--state', folder], { env: box.env });
      let [said, found] = ['', ''];
      doctor.stdout.on('data', (data: Buffer) => (found += data.toString()));
      doctor.stderr.on('data', (data: Buffer) => {
        said += data.toString();
        if (said.includes('ふたを閉めてください')) box.lidOpen = false;
      });
      await once(doctor, 'close');
      assert.match(said, /… 読み取り機 \/ Scanner\n… .*ふた.* \/ .*lid.*\n… 読み取り機 \/ Scanner\n/);
      assert.match(found, /^○ 読み取り機 /m);
    } finally {
      box.remove();
    }
  });

  it('answers a wrong option with its usage, and --help with the keys of its JSON', async () => {
    const { code, stderr } = await terashi(['doctor', '--fix']);
    assert.equal(code, 2);
    assert.match(stderr, /terashi doctor/);
    const help = await terashi(['doctor', '--help']);
    assert.equal(help.code, 0);
    for (const key of [
      'well',
      'appliance',
      'practice',
      'checks',
      'settings',
      'verdict',
      'numbers',
      'cause',
      'remedy',
      'technician',
    ])
      assert.match(help.stdout, new RegExp(`"${key}"`));
  });
});
