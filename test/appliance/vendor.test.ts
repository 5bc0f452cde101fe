import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import type { Scene } from '../../appliance/panel/view.js';
import { entry } from '../../appliance/record/entry.js';
import { numbersOf } from '../../appliance/vendor/numbers.js';
import { type Grant, makeToken, tokenFile } from '../../appliance/vendor/token.js';
import { stateFolder, terashi } from '../../hardware-tests/counter/counter.js';
import { mountAlone } from '../stick/bench.js';
import { Bench } from '../update/bench.js';
import { PluggedBox } from './plugged.js';

/** The appliance, with the updater and the exporter behind sockets as systemd lays them, and a vendor's stick. */
describe('a box that its vendor tests with a token on a stick', function () {
  this.timeout(120_000);
  let bench: Bench;
  let box: PluggedBox;
  let state: string;

  mountAlone();
  beforeEach(async () => {
    bench = new Bench();
    await bench.open();
    box = await PluggedBox.open(bench);
    state = stateFolder();
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(join(state, 'device.key'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  });
  afterEach(async () => {
    await box.close();
    await bench.stop();
  });

  const pem = (signer: string, kind: 'key' | 'cert') =>
    readFileSync(bench.path(`${signer}.${kind}.pem`), 'utf8');

  /** Plugs in a stick with a token, signed by the vendor for this box until a day far away unless said otherwise. */
  const plugIn = async (
    otherwise: Partial<Grant> & { signer?: string; spoil?: (text: string) => string } = {},
  ) => {
    const { signer = 'vendor', spoil = (text: string) => text, ...terms } = otherwise;
    const granted = { box: (await numbersOf(state)).box!, until: '2098-12-31', minutes: 0.01, ...terms };
    const file = bench.path(tokenFile);
    const keys = { key: pem(signer, 'key'), certificate: pem(signer, 'cert') };
    writeFileSync(file, spoil(makeToken(granted, keys)));
    bench.plugIn(file);
    box.tell('add');
    await box.counter.choose('look-at-stick');
  };
  const pullOut = () => {
    bench.unplug();
    box.tell('remove');
  };

  /** The vendors' lines of the record file, each checked against the schema. */
  const deeds = () =>
    readFileSync(join(state, 'records.jsonl'), 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => entry.parse(JSON.parse(line)))
      .flatMap((each) => (each.version === 3 ? [[each.vendor, each.why].filter(Boolean).join(' ')] : []));

  const refusal = async (): Promise<string | undefined> => {
    await box.counter.waitFor(
      ({ scene }) => scene.name === 'idle' && scene.vendor?.is === 'refused',
      'a refusal of the token',
    );
    const { scene } = box.counter.view!;
    return scene.name === 'idle' && scene.vendor?.is === 'refused' ? scene.vendor.why : undefined;
  };

  /** The next question of the bench test, or its end. */
  const asked = async (): Promise<Scene> => {
    const { counter } = box;
    await counter.waitFor(
      ({ scene }) =>
        scene.name === 'vendor-reported' || (scene.name === 'bench-test' && scene.ask !== undefined),
      'a question of the bench test',
    );
    return counter.view!.scene;
  };

  it('makes the whole bench test at the panel, and lays its report on the stick', async () => {
    const card = (name: string) => join(installation.practice, 'test-card', name);
    await box.start(state, [card('page.png'), card('view.jpg')]);
    const { counter } = box;
    await counter.scene('idle', 2);
    await plugIn();
    await counter.choose('vendor');
    const menu = await counter.scene('vendor-menu', 3);
    assert.equal(menu.box, (await numbersOf(state)).box);
    assert.equal(counter.view!.underTest, true);
    await counter.choose('bench-test');
    const questions: unknown[] = [];
    for (;;) {
      const scene = await asked();
      if (scene.name !== 'bench-test') break;
      questions.push(scene.ask);
      await counter.choose('answer-yes');
      await counter.waitFor(
        (now) => now.scene.name !== 'bench-test' || now.scene.ask !== scene.ask,
        'the end of the question',
      );
    }
    // No lights are wired here, so that nobody is asked about them.
    assert.deepEqual(questions, ['empty-glass', 'lay-card', 'hold-card']);
    const { bench: tested, copies, why } = await counter.scene('vendor-reported', 2);
    assert.equal(why, undefined);
    assert.equal(tested?.outcome, 'incomplete');
    const verdicts = tested.steps.map(({ step, verdict }) => `${step} ${verdict}`).slice(0, -1);
    assert.deepEqual(verdicts, [
      'self-test passed',
      'lights not-made',
      'buttons not-made',
      'scanner-card passed',
      'camera-card passed',
      'camera-pixels not-made',
    ]);

    const onStick = bench.onStick((folder) =>
      Object.fromEntries(
        readdirSync(folder)
          .filter((name) => name.startsWith('terashi-bench-test'))
          .map((name) => [name, readFileSync(join(folder, name), 'utf8')]),
      ),
    );
    for (const name of copies) assert(name in onStick && `${name}.sha256` in onStick, name);
    const json = JSON.parse(onStick[copies.find((name) => name.endsWith('.json'))!]) as {
      outcome: string;
      box: { number: string };
    };
    assert.equal(json.outcome, 'incomplete');
    assert.equal(json.box.number, menu.box);
    assert.match(onStick[copies.find((name) => name.endsWith('.txt'))!], /合格ではありません/);
    assert.deepEqual(deeds(), ['entered', 'bench-test', 'export']);

    await counter.choose('done');
    await counter.scene('vendor-menu', 4);
    pullOut();
    await counter.waitFor(({ scene, underTest }) => scene.name === 'idle' && !underTest, 'an idle box');
    assert(!counter.view!.choices.includes('vendor'));
    assert.equal((await terashi(['records', 'verify', join(state, 'records.jsonl')])).code, 0);
  });

  it('ends the test when the stick is pulled out, and serves visitors again', async () => {
    await box.start(state);
    const { counter } = box;
    await counter.scene('idle', 2);
    await plugIn();
    await counter.choose('vendor');
    await counter.scene('vendor-menu', 3);
    await counter.choose('bench-test');
    assert.equal((await asked()).name, 'bench-test');
    pullOut();
    await counter.waitFor(({ scene }) => scene.name === 'idle', 'an idle box');
    await counter.choose('begin');
    await counter.scene('reason');
    assert.deepEqual(deeds(), ['entered', 'bench-test']);
  });

  it('writes a report of its self-test alone', async () => {
    await box.start(state);
    const { counter } = box;
    await counter.scene('idle', 2);
    await plugIn();
    await counter.choose('vendor');
    await counter.choose('doctor-report');
    const { copies, bench: none } = await counter.scene('vendor-reported', 2);
    assert.equal(none, undefined);
    assert.deepEqual(copies.map((name) => name.replace(/\d{12}\./, 'AT.')).sort(), [
      `terashi-doctor-${(await numbersOf(state)).box}-AT.json`,
      `terashi-doctor-${(await numbersOf(state)).box}-AT.txt`,
    ]);
    assert.deepEqual(deeds(), ['entered', 'doctor', 'export']);
  });

  it('refuses every other token, says why, and records that once', async () => {
    await box.start(state);
    await box.counter.scene('idle', 2);
    const cases = [
      [{ signer: 'stranger' }, 'foreign-key'],
      [{ until: '2026-01-01' }, 'expired'],
      [{ box: 'ffffffffffff' }, 'other-box'],
      [{ spoil: (text: string) => text.slice(0, 300) }, 'torn'],
      [{ spoil: (text: string) => text.replace(/"grant": "./, '"grant": "A') }, 'torn'],
    ] as const;
    for (const [otherwise, why] of cases) {
      await plugIn(otherwise);
      assert.equal(await refusal(), why);
      assert(!box.counter.view!.choices.includes('vendor'));
      pullOut();
      await box.counter.waitFor(
        ({ scene }) => scene.name === 'idle' && scene.vendor === undefined,
        'no news of a token',
      );
    }
    assert.deepEqual(
      deeds(),
      cases.map(([, why]) => `refused ${why}`),
    );
  });
});
