import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import { type Checked, notMade, warning, well } from '../../appliance/health/check.js';
import { installation } from '../../appliance/installation.js';
import { type Button, buttons, type Lines, outputs } from '../../appliance/panel/lights/lines.js';
import { err, ok } from '../../appliance/result.js';
import { judgeScanned, judgeViewed } from '../../hardware-tests/bench/cards.js';
import { tryButtons, tryLights } from '../../hardware-tests/bench/panel.js';
import { judgePixels, judgeSelfTest } from '../../hardware-tests/bench/self-test.js';
import { benchCodes, type StepResult, stepNames } from '../../hardware-tests/bench/step.js';
import { Tester } from '../../hardware-tests/bench/tester.js';
import { type Course, judgeVisits, makeVisits } from '../../hardware-tests/bench/visits.js';
import { reason } from '../../hardware-tests/bench/words.js';
import { Counter, stateFolder, terashi } from '../appliance/counter.js';

const practice = (name: string) => join(installation.practice, name);
const said = ({ verdict, code, about }: StepResult) => [verdict, code, about].filter(Boolean).join(' ');

describe('a box on the bench', () => {
  it('has a scanner whose colours and lengths are right, or wrong in a way that is named', () => {
    const seen = {
      widthTenths: 800,
      heightTenths: 1200,
      differences: Array<number>(18).fill(8),
      riseTenths: 20,
    };
    const judged = (change: Partial<typeof seen> = {}) =>
      said(judgeScanned(ok({ ...seen, ...change }), true));
    assert.equal(judged(), 'passed');
    assert.equal(judged({ widthTenths: 811 }), 'passed');
    assert.equal(judged({ widthTenths: 813 }), 'failed card-scale');
    assert.equal(judged({ heightTenths: 1181 }), 'failed card-scale');
    assert.equal(judged({ differences: Array<number>(18).fill(25) }), 'failed card-colours white');
    assert.equal(judged({ differences: seen.differences.with(8, 90) }), 'failed card-colours red');
    assert.equal(said(judgeScanned(ok(undefined), true)), 'failed card-not-found');
    assert.equal(said(judgeScanned(ok(undefined), false)), 'not-made card-not-found');
    assert.equal(said(judgeScanned(err('scanner-busy'), true)), 'failed scanner-busy');
  });

  it('has a camera that is sharp and has pixels enough, or not', () => {
    assert.equal(said(judgeViewed(ok({ riseTenths: 20, pixels: 300 }), true)), 'passed');
    assert.equal(said(judgeViewed(ok({ riseTenths: 60, pixels: 300 }), true)), 'failed card-soft');
    assert.equal(said(judgeViewed(ok(undefined), false)), 'not-made card-not-found');
    const few = warning('camera-pixels', 'camera-few-pixels', { megapixels: 2.1 });
    assert.equal(said(judgePixels([few])), 'failed camera-few-pixels');
    assert.equal(said(judgePixels([well('camera-pixels', { megapixels: 5 })])), 'passed');
    assert.equal(
      said(judgePixels([notMade('camera-pixels', 'camera-pixels-unknown')])),
      'not-made camera-pixels-unknown',
    );
    assert.equal(said(judgePixels([])), 'not-made not-looked');
  });

  it('passes its self-test with warnings, and not with a fault', () => {
    const fault: Checked = { check: 'scanner', verdict: 'failed', code: 'scanner-jammed', numbers: {} };
    assert.equal(said(judgeSelfTest([well('disk'), warning('clock', 'clock-untrusted')])), 'passed');
    assert.equal(said(judgeSelfTest([well('disk'), fault])), 'failed scanner-jammed scanner');
  });

  it('can say of each thing that may be wrong what it is and how to mend it', () => {
    for (const code of benchCodes) {
      const { what, remedy } = reason(code);
      assert.ok(what.ja && what.en && remedy.ja && remedy.en, code);
    }
    assert.equal(reason('power-weak').what.en, 'This machine was short of power.');
  });
});

describe('the tester', () => {
  const enter = '\r';
  const backspace = '\x7f';

  /** A tester at a keyboard, and lines whose buttons the test holds down. */
  function bench() {
    const stop = new AbortController();
    const keys = new PassThrough();
    const lit: string[] = [];
    const down = new Set<Button>();
    let changed: () => void = () => undefined;
    const lines: Lines = {
      driver: 'sysfs',
      isOn: () => undefined,
      set: (light, on) => on && lit.push(light),
      isDown: (button) => down.has(button),
      watch: (hear) => (changed = hear),
      close: () => undefined,
    };
    const tester = new Tester(stop.signal, () => stop.abort());
    tester.hearKeys(keys);
    tester.hearButtons(lines);
    const push = (button: Button) => {
      for (const hold of ['add', 'delete'] as const) {
        down[hold](button);
        changed();
      }
    };
    return { stop, keys, lit, lines, tester, push };
  }

  /** Answers each question by these, as they come. */
  function answering(answers: readonly (() => unknown)[]): () => void {
    const left = [...answers];
    return () => setImmediate(() => left.shift()?.());
  }

  it('sees each light by itself, and answers by keys or by buttons', async () => {
    const { tester, lines, keys, push, lit } = bench();
    const yes = [() => keys.write(enter), () => push('yes')];
    const result = await tryLights(lines, tester, answering([...yes, ...yes, ...yes]));
    assert.equal(said(result), 'passed');
    assert.deepEqual(lit, outputs);
  });

  it('names the light that is not seen', async () => {
    const { tester, lines, keys, push, lit } = bench();
    const result = await tryLights(
      lines,
      tester,
      answering([() => push('yes'), () => keys.write(backspace)]),
    );
    assert.equal(said(result), 'failed light-not-seen led2');
    assert.deepEqual(lit, ['led1', 'led2']);
  });

  it('feels each button, and tells one that is another', async () => {
    const right = bench();
    assert.equal(
      said(await tryButtons(right.tester, answering(buttons.map((button) => () => right.push(button))))),
      'passed',
    );
    const crossed = bench();
    const result = await tryButtons(
      crossed.tester,
      answering([() => crossed.push('yes'), () => crossed.push('cancel')]),
    );
    assert.equal(said(result), 'failed button-not-felt no');
    const dead = bench();
    assert.equal(
      said(await tryButtons(dead.tester, answering([() => dead.keys.write(backspace)]))),
      'failed button-not-felt yes',
    );
  });

  it('may end the test, or not be there', async () => {
    const { tester, keys, stop } = bench();
    const answer = tester.ask();
    keys.write('\x03');
    assert.equal(await answer, undefined);
    assert.ok(stop.signal.aborted);
    assert.equal(await bench().tester.ask(1), undefined);
  });
});

describe('visits without a break', function () {
  this.timeout(120_000);
  const never = new AbortController().signal;
  const cool: Checked = well('temperature', { celsius: 55 });
  const hot: Checked = warning('temperature', 'hot', { celsius: 86 });
  const outcomes = ['verified', 'verified', 'cancelled'];
  const course: Course = { outcomes, temperatures: [cool], lasted: 30, asked: 30 };

  it('pass where each ends as it should and the box stays cool and quick', () => {
    const judged = (change: Partial<Course> = {}) => said(judgeVisits({ ...course, ...change }));
    assert.equal(judged(), 'passed');
    assert.equal(judged({ flags: 0 }), 'passed');
    assert.equal(judged({ flags: 0x40000 }), 'failed throttled');
    assert.equal(judged({ temperatures: [cool, hot, cool] }), 'failed hot');
    assert.equal(
      judged({ outcomes: ['verified', 'fault', 'verified', 'cancelled'] }),
      'failed visits-broken-off',
    );
    assert.equal(judged({ outcomes: ['cancelled'] }), 'failed visits-broken-off');
    assert.equal(judged({ lasted: 12 }), 'failed visits-broken-off');
  });

  it('are watched while they are made: what happened before does not count, what happens does', async () => {
    let looks = 0;
    // The flags as they were, as they are for a moment, and as they are in the end.
    const flags = () => [0x50000, 0x50000, 0x50004][looks++] ?? 0x50000;
    const result = await makeVisits(installation.practice, 0.3, never, () => undefined, {
      temperature: () => Promise.resolve(cool),
      throttling: () => Promise.resolve(well('throttling', { flags: flags() })),
      every: 200,
    });
    assert.equal(said(result), 'failed throttled', JSON.stringify(result));
    assert.ok(result.numbers.visits >= 2 && result.numbers.celsius === 55 && result.numbers.flags === 4);
  });

  it('are not made without pictures', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-bench-'));
    try {
      assert.equal(said(await makeVisits(folder, 1, never, () => undefined)), 'not-made no-pictures');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('terashi bench-test', function () {
  this.timeout(120_000);
  const folder = mkdtempSync(join(tmpdir(), 'terashi-bench-'));
  after(() => rmSync(folder, { recursive: true }));
  const cards = ['--document', practice('test-card/page.png'), '--camera', practice('test-card/view.jpg')];

  it('tries a box without a person, and writes its report', async () => {
    const report = join(folder, 'box-1');
    const { code, stdout } = await terashi([
      ...['bench-test', '--unattended', '--json', '--minutes', '0.35', '--report', `${report}.txt`],
      ...['--state', join(folder, 'state'), ...cards],
    ]);
    assert.equal(code, 0, stdout);
    const result = JSON.parse(stdout) as {
      passed: boolean;
      complete: boolean;
      steps: StepResult[];
      model: string;
    };
    assert.deepEqual([result.passed, result.complete], [true, false]);
    assert.deepEqual(
      result.steps.map(({ step }) => step),
      stepNames,
    );
    assert.deepEqual(
      result.steps.map(({ verdict }) => verdict),
      ['passed', 'not-made', 'not-made', 'passed', 'passed', 'not-made', 'passed'],
    );
    assert.deepEqual(JSON.parse(readFileSync(`${report}.json`, 'utf8')), result);
    const words = readFileSync(`${report}.txt`, 'utf8');
    assert.match(words, /テストカードの読み取り.*合格 \/ passed/);
    assert.ok(words.includes(result.model));
  });

  it('is not begun beside a running appliance, nor with nobody to ask', async () => {
    const counter = await Counter.open([], stateFolder());
    try {
      const { code, stderr } = await terashi(['bench-test', '--unattended', '--state', counter.state]);
      assert.equal(code, 2);
      assert.match(stderr, /an appliance runs here/);
    } finally {
      await counter.close();
    }
    const { code, stderr } = await terashi(['bench-test', '--state', join(folder, 'state')]);
    assert.equal(code, 2);
    assert.match(stderr, /--unattended/);
    for (const minutes of ['0', '-1', 'x', '1441'])
      assert.equal((await terashi(['bench-test', '--minutes', minutes])).code, 2);
  });

  it('fails where its report cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { code, stderr } = await terashi([
      ...['bench-test', '--unattended', '--minutes', '0.01', '--pictures', folder],
      ...['--report', join(file, 'report'), '--state', join(folder, 'state'), ...cards],
    ]);
    assert.equal(code, 1);
    assert.match(stderr, /cannot be written/);
    assert.ok(!existsSync(`${join(file, 'report')}.json`));
  });
});
