import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { clockOf } from '../../appliance/clock/clock.js';
import { wordsIn } from '../../appliance/panel/words/said.js';
import { openRecords } from '../../appliance/record/records.js';
import { writeEntries } from '../record/scratch.js';
import { mountAlone, StickBench, stickPoints } from '../stick/bench.js';
import { Bench } from '../update/bench.js';
import { program, removeState, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';
import { until } from '../../hardware-tests/counter/until.js';
import { PluggedBox } from './plugged.js';

const records = (state: string) => join(state, 'records.jsonl');
const copies = (bench: StickBench) =>
  bench.onStick((folder) =>
    readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => ({ name, content: readFileSync(join(folder, name)) })),
  );

/** The appliance, with the updater and the exporter behind sockets as systemd lays them. */
describe('a box whose records are taken out on a stick', () => {
  let bench: Bench;
  let box: PluggedBox;
  let state: string;

  mountAlone();
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
    box = await PluggedBox.open(bench);
    state = stateFolder();
  });
  afterEach(async () => {
    await box.close();
    await bench.stop();
  });

  /** An appliance at which a stick was plugged in, and the records were asked for. */
  const askForCopy = async () => {
    await box.start(state);
    await box.counter.scene('idle', 2);
    bench.plugIn();
    box.tell('add');
    await box.counter.choose('look-at-stick');
    await box.counter.choose('copy-records');
    await box.counter.scene('copy-asked');
  };

  it('offers it while a stick without an update is there, and says when it may be pulled out', async () => {
    await writeEntries(records(state), 12);
    await askForCopy();
    assert.deepEqual(copies(bench), [], 'not before a yes');
    await box.counter.takeFirst();
    const { copy, count, whole } = await box.counter.scene('copied');
    assert.deepEqual([count, whole], [12, true]);
    assert.deepEqual(copies(bench), [{ name: copy, content: readFileSync(records(state)) }]);
    await box.counter.press('enter');

    // Now the stick with an update, which comes before.
    await box.counter.scene('idle', 3);
    bench.plugIn(bench.bundle('terashi'));
    box.tell('add');
    await box.counter.choose('look-at-stick');
    await box.counter.choose('update');
    await box.counter.scene('update-found');
    assert.deepEqual(copies(bench), []);
  });

  it('says why it could not, and offers it again', async () => {
    await askForCopy();
    await box.counter.takeFirst();
    assert.equal((await box.counter.scene('copy-failed')).why, 'no-records');
    await box.counter.press('enter');
    await box.counter.scene('idle', 3);
  });
});

describe('terashi records export', () => {
  let bench: StickBench;
  let state: string;

  mountAlone();
  beforeEach(() => {
    bench = new StickBench();
    state = stateFolder();
  });
  afterEach(() => {
    bench.close();
    removeState(state);
  });

  const exported = (...args: string[]) =>
    terashi(['records', 'export', ...args], { STATE_DIRECTORY: state, PATH: process.env.PATH });

  it('copies the records of this box to the stick, and tells the name', async () => {
    await writeEntries(records(state), 3);
    bench.plugIn();
    const { code, stdout } = await exported('--json');
    assert.equal(code, 0);
    const { name, ...rest } = JSON.parse(stdout) as { name: string };
    assert.deepEqual(rest, { exported: true, encrypted: false, whole: true, count: 3 });
    bench.onStick((folder) => {
      const lie = [name, `${name}.sha256`, `${name}.sig`, name.replace('.jsonl', '.pub')];
      assert.deepEqual(readdirSync(folder).toSorted(), ['lost+found', ...lie].toSorted());
    });
    assert.deepEqual(copies(bench), [{ name, content: readFileSync(records(state)) }]);
    const inWords = await exported();
    assert.equal(inWords.code, 0);
    assert.match(inWords.stdout, /^取り出しました：3 件 \/ exported: 3 records\n/);
  });

  it('encrypts them where the settings name a key, and lays their signature beside them', async () => {
    await writeEntries(records(state), 3);
    const sealed = await openRecords(records(state), clockOf(state), { witness: join(state, 'witness') });
    assert.ok(sealed.ok);
    await sealed.value.close();
    const keys = await terashi(['keys', '--output', state, '--json']);
    const { export: key } = (JSON.parse(keys.stdout) as { keys: { export: string } }).keys;
    const settings = join(state, 'terashi.toml');
    const keyed = (...args: string[]) =>
      terashi(['records', 'export', '--json', ...args], {
        STATE_DIRECTORY: state,
        TERASHI_SETTINGS: settings,
      });
    bench.plugIn();
    writeFileSync(
      settings,
      `[keys]\nexport = "${key.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'))}"\n`,
    );
    const mistyped = await keyed();
    assert.deepEqual(
      [mistyped.code, (JSON.parse(mistyped.stdout) as { why: string }).why],
      [1, 'key-unusable'],
    );
    bench.onStick((folder) => assert.deepEqual(readdirSync(folder), ['lost+found']));

    writeFileSync(settings, `[keys]\nexport = "${key}"\n`);
    const { name, encrypted } = JSON.parse((await keyed()).stdout) as { name: string; encrypted: boolean };
    assert.ok(encrypted);
    const copy = join(state, name);
    bench.onStick((folder) => {
      const lie = [name, `${name}.sha256`, `${name}.sig`];
      assert.deepEqual(readdirSync(folder).toSorted(), ['lost+found', ...lie].toSorted());
      for (const each of lie) copyFileSync(join(folder, each), join(state, each));
    });
    const into = join(state, 'opened');
    const identity = join(state, 'terashi-export.agekey');
    const opened = await terashi(['records', 'open', copy, '--identity', identity, '--output', into]);
    assert.deepEqual([opened.code, opened.stderr], [0, '']);
    assert.ok(readFileSync(records(into)).equals(readFileSync(records(state))));
  });

  it('copies a broken chain as it is, and says where it breaks', async () => {
    await writeEntries(records(state), 3);
    const broken = readFileSync(records(state), 'utf8').replace('"similarity":0.01', '"similarity":0.91');
    writeFileSync(records(state), broken);
    bench.plugIn();
    const { code, stdout } = await exported('--json');
    assert.equal(code, 3);
    const { whole, broken: at } = JSON.parse(stdout) as { whole: boolean; broken: object };
    assert.equal(whole, false);
    assert.deepEqual({ ...at, ja: '', en: '' }, { line: 3, why: 'previous-differs', ja: '', en: '' });
    assert.deepEqual(
      copies(bench).map(({ content }) => content.toString()),
      [broken],
    );
    const inWords = await exported();
    assert.match(inWords.stderr, /3 行目 \/ line 3\n/);
  });

  it('lets the stick go in order where Ctrl-C stops it', async () => {
    await writeEntries(records(state), 3);
    bench.plugIn();
    bench.program('mount', `${bench.mounter} "$@"; touch '${bench.path('mounted')}'; sleep 0.3`);
    // As a shell starts it: Ctrl-C goes to the whole group.
    const command = spawn(process.execPath, [program, 'records', 'export'], {
      env: { ...process.env, STATE_DIRECTORY: state },
      stdio: 'ignore',
      detached: true,
    });
    const exit = once(command, 'exit');
    await until('the mount', () => existsSync(bench.path('mounted')));
    process.kill(-command.pid!, 'SIGINT');
    assert.deepEqual(await exit, [1, null]);
    assert.deepEqual(stickPoints(), []);
    bench.program('mount', `exec ${bench.mounter} "$@"`);
    bench.onStick((folder) => assert.deepEqual(readdirSync(folder), ['lost+found']));
  });

  it('says what is wrong and how to mend it, and what it takes', async () => {
    assert.deepEqual(JSON.parse((await exported('--json')).stdout), {
      exported: false,
      why: 'no-records',
      file: records(state),
      ja: wordsIn.ja.recordsCopy.faults['no-records'],
      en: wordsIn.en.recordsCopy.faults['no-records'],
    });
    assert((await exported()).stderr.startsWith(`${records(state)}\n`));
    await writeEntries(records(state), 1);
    const without = await exported();
    assert.equal(without.code, 1);
    assert.match(without.stderr, /There is no USB stick for the records\. Plug the USB stick in again/);
    assert.match((await exported('--help')).stdout, /records export/);
    assert.equal((await exported('one', 'two')).code, 2);
    const mistyped = await exported('/nowhere/record.jsonl');
    assert.equal(mistyped.code, 2);
    assert.match(mistyped.stderr, /^\/nowhere\/record\.jsonl\n.*\n {2}The record file cannot be read\./);
    const { why, file } = JSON.parse((await exported('/nowhere/r', '--json')).stdout) as Record<
      string,
      string
    >;
    assert.deepEqual([why, file], ['unreadable', '/nowhere/r']);
    assert.equal((await terashi(['records', 'out'])).code, 2);
  });
});
