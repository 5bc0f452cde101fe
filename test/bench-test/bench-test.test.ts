import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { setImmediate, setTimeout as wait } from 'node:timers/promises';

import { type Checked, notMade, warning, well } from '../../appliance/health/check.js';
import { checkTemperature } from '../../appliance/health/temperature.js';
import { checkThrottling } from '../../appliance/health/throttling.js';
import { installation } from '../../appliance/installation.js';
import { type Button, buttons, type Lines, outputs } from '../../appliance/panel/lights/lines.js';
import { err, ok } from '../../appliance/result.js';
import { judgeScanned, judgeViewed } from '../../appliance/bench-test/cards.js';
import { testButtons, testLights } from '../../appliance/bench-test/lights-and-buttons.js';
import { outcomeOf } from '../../appliance/bench-test/outcome.js';
import { judgePixels, judgeSelfTest } from '../../appliance/bench-test/self-test.js';
import { benchCodes, failed, passed, type StepResult } from '../../appliance/bench-test/step.js';
import type { Tester } from '../../appliance/bench-test/tester.js';
import { stepName } from '../../appliance/protocol/bench-test.js';
import { TerminalTester } from '../../appliance/command/tester.js';
import { type VisitRun, judgeVisits, makeVisits } from '../../appliance/bench-test/practice-visits.js';
import { reason } from '../../appliance/bench-test/words.js';
import { Box } from '../../hardware-tests/counter/box.js';
import { Counter, program, stateFolder, terashi } from '../../hardware-tests/counter/counter.js';

const stepNames = stepName.options;
const practice = (name: string) => join(installation.practice, name);
const said = ({ verdict, code, about }: StepResult) => [verdict, code, about].filter(Boolean).join(' ');

describe('a box on the bench', () => {
  it('has a scanner whose colours and lengths are right, or gets the name of the fault', () => {
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

  it('has a camera that is sharp and has enough pixels, or gets the name of the fault', () => {
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

  it('passes the self-test with warnings, but not with a fault', () => {
    const fault: Checked = { check: 'scanner', verdict: 'failed', code: 'scanner-jammed', numbers: {} };
    assert.equal(said(judgeSelfTest([well('disk'), warning('clock', 'clock-untrusted')])), 'passed');
    assert.equal(said(judgeSelfTest([well('disk'), fault])), 'failed scanner-jammed scanner');
  });

  it('passes only if everything was tried and nothing failed', () => {
    const all = stepNames.map((step) => passed(step));
    assert.equal(outcomeOf({ steps: all }), 'passed');
    assert.equal(outcomeOf({ steps: all.slice(0, -1) }), 'stopped');
    assert.equal(outcomeOf({ steps: [] }), 'stopped');
    const untried: StepResult = { step: 'lights', verdict: 'not-made', code: 'no-lights', numbers: {} };
    assert.equal(outcomeOf({ steps: all.with(1, untried) }), 'incomplete');
    assert.equal(outcomeOf({ steps: all.with(6, failed('visits', { code: 'hot' })) }), 'failed');
    assert.equal(outcomeOf({ steps: [failed('self-test', { code: 'camera-missing' })] }), 'failed');
  });

  it('has words and a remedy for every fault', () => {
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

  /** A tester at a keyboard, and lines with buttons that the test presses. */
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
    const tester = new TerminalTester(stop.signal, () => stop.abort());
    tester.listenToKeys(keys);
    tester.listenToButtons(lines);
    /** Presses a button, whose contact bounces, as briefly as a quick hand. */
    const push = async (button: Button) => {
      for (const hold of ['add', 'delete', 'add', 'wait', 'delete', 'add', 'delete', 'wait'] as const) {
        if (hold === 'wait') await wait(60);
        else down[hold](button);
        changed();
      }
    };
    return { stop, keys, lit, lines, tester, push };
  }

  /** Gives these answers in order, each once the previous one is done. */
  function answering(answers: readonly (() => unknown)[]): () => void {
    const left = [...answers];
    let before: Promise<unknown> = Promise.resolve();
    return () => {
      before = before.then(() => setImmediate()).then(() => left.shift()?.());
    };
  }

  /** The tester, who is asked and then does what the test says. */
  const asked = (tester: TerminalTester, then: () => void): Tester => ({
    ask() {
      then();
      return tester.answer();
    },
    press() {
      then();
      return tester.button();
    },
  });

  it('sees each light by itself, and answers by keys or by buttons', async () => {
    const { tester, lines, keys, push, lit } = bench();
    const yes = [() => keys.write(enter), () => push('yes')];
    const result = await testLights(lines, asked(tester, answering([...yes, ...yes, ...yes])));
    assert.equal(said(result), 'passed');
    assert.deepEqual(lit, outputs);
  });

  it('names the light that is not seen', async () => {
    const { tester, lines, keys, push, lit } = bench();
    const result = await testLights(
      lines,
      asked(tester, answering([() => push('yes'), () => keys.write(backspace)])),
    );
    assert.equal(said(result), 'failed light-not-seen led2');
    assert.deepEqual(lit, ['led1', 'led2']);
  });

  it('tries each button, and a swapped one is named', async () => {
    const right = bench();
    assert.equal(
      said(
        await testButtons(asked(right.tester, answering(buttons.map((button) => () => right.push(button))))),
      ),
      'passed',
    );
    const crossed = bench();
    const result = await testButtons(
      asked(crossed.tester, answering([() => crossed.push('yes'), () => crossed.push('cancel')])),
    );
    assert.equal(said(result), 'failed button-not-felt no');
    const dead = bench();
    assert.equal(
      said(await testButtons(asked(dead.tester, answering([() => dead.keys.write(backspace)])))),
      'failed button-not-felt yes',
    );
  });

  it('may end the test, or be absent', async () => {
    const { tester, keys, stop } = bench();
    const answer = tester.answer();
    keys.write('\x03');
    assert.equal(await answer, undefined);
    assert.ok(stop.signal.aborted);
    assert.equal(await bench().tester.answer(1), undefined);
  });
});

describe('visits without a break', function () {
  this.timeout(120_000);
  const never = new AbortController().signal;
  const cool: Checked = well('temperature', { celsius: 55 });
  const hot: Checked = warning('temperature', 'hot', { celsius: 86 });
  const outcomes = ['verified', 'verified', 'cancelled'];
  const run: VisitRun = { outcomes, temperatures: [cool], minutes: 30, requestedMinutes: 30 };

  it('pass if each is verified and the box stays cool and fast', () => {
    const judged = (change: Partial<VisitRun> = {}) => said(judgeVisits({ ...run, ...change }));
    assert.equal(judged(), 'passed');
    assert.equal(judged({ flags: 0 }), 'passed');
    assert.equal(judged({ flags: 0x40000 }), 'failed throttled');
    assert.equal(judged({ temperatures: [cool, hot, cool] }), 'failed hot');
    const unknown = notMade('temperature', 'temperature-unknown');
    assert.equal(judged({ temperatures: [unknown] }), 'not-made heat-unknown');
    assert.equal(judged({ temperatures: [unknown], flags: 0 }), 'passed');
    assert.equal(
      judged({ outcomes: ['verified', 'fault', 'verified', 'cancelled'] }),
      'failed visits-broken-off',
    );
    assert.equal(judged({ outcomes: ['verified'] }), 'passed');
    assert.equal(judged({ outcomes: ['verified', 'fault'] }), 'failed visits-broken-off');
    assert.equal(judged({ outcomes: ['cancelled'] }), 'failed visits-broken-off');
    assert.equal(judged({ minutes: 12 }), 'failed visits-broken-off');
  });

  it('are monitored while they are made: only throttling since then counts', async () => {
    let checked = 0;
    // The flags before, for a moment in between, and in the end.
    const flags = () => [0x50000, 0x50000, 0x50004][checked++] ?? 0x50000;
    const result = await makeVisits(
      { pictures: installation.practice, minutes: 0.01, own: {} },
      never,
      () => undefined,
      {
        temperature: () => Promise.resolve(cool),
        throttling: () => Promise.resolve(well('throttling', { flags: flags() })),
        everyMs: 200,
      },
    );
    assert.equal(said(result), 'failed throttled', JSON.stringify(result));
    assert.ok(result.numbers.visits >= 1 && result.numbers.celsius === 55 && result.numbers.flags === 4);
  });

  it('are not made without pictures', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'terashi-bench-'));
    try {
      assert.equal(
        said(await makeVisits({ pictures: folder, minutes: 1, own: {} }, never, () => undefined)),
        'not-made no-pictures',
      );
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
  const test = (...args: string[]) => [
    ...['bench-test', '--unattended', '--json', '--state', join(folder, 'state')],
    ...args,
  ];
  type ReportedStep = StepResult & { cause: object | null; remedy: object | null };
  type Reported = { outcome: string; steps: ReportedStep[]; model: string };
  const reported = (report: string) => JSON.parse(readFileSync(`${report}.json`, 'utf8')) as Reported;
  const verdicts = ({ steps }: Reported) => steps.map(({ verdict }) => verdict).join(' ');

  it('tests a box unattended, whatever its settings require of visitors, and writes its report', async () => {
    const report = join(folder, 'box-1');
    const settings = join(folder, 'terashi.toml');
    writeFileSync(settings, '[visit]\nliveness = "required"\nthreshold = 0.99\n');
    const { code, stdout, stderr } = await terashi(
      test(...['--minutes', '0.01', '--report', `${report}.txt`, '--settings', settings], ...cards),
    );
    assert.equal(code, 3, stdout);
    const result = JSON.parse(stdout) as Reported;
    assert.equal(result.outcome, 'incomplete');
    const tells = await Promise.all([checkTemperature(), checkThrottling()]);
    const heat = tells.some(({ verdict }) => verdict !== 'not-made') ? 'passed' : 'not-made';
    assert.deepEqual(
      result.steps.map(({ step }) => step),
      stepNames,
    );
    assert.equal(verdicts(result), `passed not-made not-made passed passed not-made ${heat}`, stdout);
    assert.deepEqual(reported(report), result);
    const words = readFileSync(`${report}.txt`, 'utf8');
    assert.match(words, /テストカードの読み取り.*合格 \/ passed/);
    assert.match(words, /合格ではありません/);
    assert.ok(words.includes(result.model));
    assert.ok(stderr.includes(`${report}.json`));
  });

  it('names a camera and a scanner that are missing, and pictures that are not there', async () => {
    const report = join(folder, 'bare');
    const { code } = await terashi(test('--pictures', folder, '--report', report));
    assert.equal(code, 1);
    const result = reported(report);
    assert.equal(result.outcome, 'failed');
    assert.equal(verdicts(result), 'failed not-made not-made failed failed not-made not-made');
    assert.deepEqual(
      result.steps.map(({ code }) => code),
      [
        ...['camera-missing', 'no-lights', 'no-lights', 'scanner-missing', 'camera-missing'],
        ...['not-looked', 'no-pictures'],
      ],
    );
    for (const { cause, remedy } of result.steps) assert.ok(cause && remedy);
  });

  it('says which check it makes, and what the scanner is waited for while its lid is open', async function () {
    const box = await Box.make();
    if (!box) return this.skip();
    try {
      box.plug('scanner', { name: 'fi-65F' });
      box.lidOpen = true;
      const args = test('--minutes', '0.01', '--report', join(folder, 'lid'));
      const child = spawn(process.execPath, [program, ...args], {
        env: box.env,
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      let said = '';
      const waits = () => said.split('Please close the lid').length - 1;
      child.stderr.on('data', (data: Buffer) => {
        said += data.toString();
        if (waits() === 1) box.lidOpen = said.includes('Test card on the scanner');
        if (waits() === 2) child.kill('SIGINT');
      });
      await once(child, 'exit');
      assert.equal(waits(), 2, said);
      assert.match(said, /… 読み取り機\n {2}Scanner\n… .*ふた.*\n {2}Please close the lid/);
    } finally {
      box.remove();
    }
  });

  it('says of a test that is ended half-way that it has not passed, and leaves nothing behind', async () => {
    const report = join(folder, 'ended');
    const scratch = join(folder, 'scratch');
    mkdirSync(scratch);
    const child = spawn(
      process.execPath,
      [program, ...test('--report', report, '--minutes', '30', ...cards)],
      {
        env: { ...process.env, TMPDIR: scratch },
        stdio: ['ignore', 'ignore', 'pipe'],
      },
    );
    child.stderr.on('data', (data: Buffer) => {
      if (data.toString().includes('Practice visits')) child.kill('SIGINT');
    });
    const [code] = (await once(child, 'exit')) as [number | null];
    assert.equal(code, 1);
    const result = reported(report);
    assert.equal(result.outcome, 'stopped');
    assert.equal(verdicts(result), 'passed not-made not-made passed passed not-made');
    assert.match(readFileSync(`${report}.txt`, 'utf8'), /STOPPED/);
    assert.deepEqual(readdirSync(scratch), []);
  });

  it('does not start beside a running appliance, or without anybody to ask', async () => {
    const counter = await Counter.open([], stateFolder());
    try {
      const { code, stderr } = await terashi(['bench-test', '--unattended', '--state', counter.state]);
      assert.equal(code, 2);
      assert.match(stderr, /Terashi is running on this machine/);
    } finally {
      await counter.close();
    }
    const { code, stderr } = await terashi(['bench-test', '--state', join(folder, 'state')]);
    assert.equal(code, 2);
    assert.match(stderr, /--unattended/);
    for (const minutes of ['0', '-1', 'x', '1441'])
      assert.equal((await terashi(['bench-test', '--minutes', minutes])).code, 2);
  });

  it('does not start if its report cannot be written, and reports a full disk', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const full = join(folder, 'full');
    // This device has no space (full(4)).
    symlinkSync('/dev/full', `${full}.txt.unfinished`);
    for (const [report, why] of [
      [join(file, 'report'), /cannot be written/],
      [join(folder, 'nowhere', 'report'), /folder for the report is not there/],
      [full, /There is no room/],
    ] as const) {
      const { code, stderr, stdout } = await terashi(test('--report', report, ...cards));
      assert.equal(code, 2);
      assert.match(stderr, why);
      assert.equal(stdout, '');
      assert.ok(!existsSync(`${report}.json`));
    }
  });
});
