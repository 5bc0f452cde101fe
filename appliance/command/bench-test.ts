import { resolve } from 'node:path';

import { thisKernel } from '../clock/kernel.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { type MachineOptions, machineOptions, openLocalMachine } from './local-machine.js';
import { softwareVersion } from './software-version.js';
import { socketsIn, stateFolder } from '../core/state-folder.js';
import { installation } from '../installation.js';
import { listen } from '../core/panel-sockets.js';
import { localTime } from '../record/local-time.js';
import { err } from '../result.js';
import { beginReport } from '../bench-test/begin-report.js';
import { outcomeOf } from '../bench-test/outcome.js';
import { makeVisits } from '../bench-test/practice-visits.js';
import { both, type Report, reportInWords, stepLines } from '../bench-test/report.js';
import { jsonOf, reportName, writeReport } from '../bench-test/report-files.js';
import { runSteps, type StepContext } from '../bench-test/run-steps.js';
import type { Tester } from '../bench-test/tester.js';
import { type Bilingual, words } from '../bench-test/words.js';
import type { Lines } from '../panel/lights/lines.js';
import { inBothLanguages } from '../panel/words/bilingual.js';
import { selfTestTeller } from '../panel/words/self-test-lines.js';
import type { BenchOutcome } from '../protocol/bench-test.js';
import { numbersOf } from '../vendor/numbers.js';
import { TerminalTester } from './tester.js';

export const command = defineCommand({
  synopsis: ['bench-test [--report 名前/NAME] [--json] [--minutes N] [--unattended] …'],
  description: `
    出荷する前に、装置を一台ずつ試します：自己点検、ランプとボタン、テストカードの色と寸法、カメラのピントと画素数、
    続けて動かしたときの熱。テストカードは build/practice/test-card.pdf を100%で印刷したものです。
    Tries a box before it ships: self-test, lights and buttons, colours and scale of the test card, sharpness and pixels
    of the camera, heat while it works without a break. The test card is build/practice/test-card.pdf, printed at 100 %.
  `,
  options: {
    report: {
      type: 'string',
      value: 'NAME',
      help: [
        '結果を NAME.txt と NAME.json に書きます。省略時は bench-test-（製造番号）-（日時）',
        'writes the result to NAME.txt and NAME.json, by default bench-test-SERIAL-TIME',
      ],
    },
    minutes: {
      type: 'string',
      default: '30',
      value: 'N',
      help: ['続けて動かす時間（省略時は30分）/ how long the visits go on, 30 by default'],
    },
    unattended: {
      type: 'boolean',
      default: false,
      help: [
        '人に尋ねません。尋ねる項目は「未実施」になります',
        'asks nobody; what somebody would be asked is "not made"',
      ],
    },
    pictures: {
      type: 'string',
      value: 'FOLDER',
      help: ['練習用の画像（build/practice を写したもの）/ pictures for practice, a copy of build/practice'],
    },
    ...machineOptions,
    json: {
      type: 'boolean',
      default: false,
      help: ['結果を JSON で画面に / prints the result as JSON'],
    },
  },
  notes: `
    JSON: { "outcome": "passed" | "failed" | "incomplete" | "stopped", "software", "model", "box": { "model", "serial",
      "name", … }, "begunAt", "endedAt", "steps": [ { "step", "verdict": "passed" | "failed" | "not-made", "code", "about",
      "numbers", "cause", "remedy" } ], "checks": terashi doctor のとおり as terashi doctor has them }
    outcome: passed 合格 everything was tried, nothing failed · failed 不合格あり · incomplete 未実施あり not everything
    was tried · stopped 途中で終わった ended half-way

    終了コード / exit codes: 0 合格 passed · 1 不合格あり、途中で終わった、結果を書けない failed, stopped, or no report ·
    2 使い方の誤り、装置が動いている、結果を書けない bad usage, an appliance runs, the report cannot be written ·
    3 不合格はないが未実施あり incomplete
  `,
  run({ minutes, ...options }) {
    return Number(minutes) > 0 && Number(minutes) <= 1440
      ? start(Number(minutes), options)
      : err(`--minutes ${minutes}: 0 より大きく 1440 以下 / above 0, at most 1440`);
  },
});

type TestOptions = MachineOptions & {
  readonly report?: string;
  readonly json: boolean;
  readonly unattended: boolean;
  readonly pictures?: string;
  readonly state?: string;
};

async function start(minutes: number, options: TestOptions): Promise<number> {
  const folder = resolve(options.state ?? stateFolder());
  // A running appliance listens on these sockets, and has the devices, lights and buttons.
  const lock = await listen(socketsIn(folder));
  if (!lock.ok && lock.error === 'socket-in-use') return refuse(words.runs);
  try {
    return await test(folder, minutes, options);
  } finally {
    if (lock.ok) await lock.value.close();
  }
}

async function test(folder: string, minutes: number, options: TestOptions): Promise<number> {
  const { machine, lights } = await openLocalMachine(folder, options);
  try {
    const lines = lights?.lines;
    if (!options.unattended && !process.stdin.isTTY && !lines) return refuse(words.nobody);
    const software = await softwareVersion();
    const begun = await beginReport(software, machine.customModel, await numbersOf(folder), now());
    const name = options.report ?? reportName(begun.box, begun.begunAt);
    // Fail now rather than after half an hour, and leave a report in case of a power cut.
    const written = await writeReport(name, begun);
    if (!written.ok) return refuse(written.error);
    const controller = new AbortController();
    const stop = () => controller.abort();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    const { signal } = controller;
    const tester = options.unattended ? undefined : new TerminalTester(signal, stop);
    const pictures = resolve(options.pictures ?? installation.practice);
    const visits = { pictures, minutes, own: machine.customModel };
    const work = () => {
      say(words.visiting(minutes));
      return makeVisits(visits, signal, oncePerMinute());
    };
    const asked = tester && telling(tester);
    const context: StepContext = { machine, lines, tester: asked, signal, work, listener };
    const results = await listening(tester, lines, () => runSteps(context));
    return await publish({ ...begun, ...results, endedAt: now() }, name, options.json);
  } finally {
    lights?.close();
  }
}

/** Says what the tester is asked for, and hands the answer on. */
function telling(tester: TerminalTester): Tester {
  return {
    ask(question) {
      say(inBothLanguages(({ benchTest }) => benchTest.ask[question]));
      return tester.answer();
    },
    press(button) {
      say(inBothLanguages(({ benchTest }) => benchTest.press[button]));
      return tester.button();
    },
  };
}

/** Says what is done, and prints each result. */
const listener: StepContext['listener'] = {
  begun: (step) => say(inBothLanguages(({ benchTest }) => benchTest.steps[step])),
  ended: (result) => process.stderr.write(`${stepLines(result).join('\n')}\n`),
  checking: (...progress) => tellChecks(...progress),
  waits: (why) => {
    if (why) say(inBothLanguages(({ selfTest }) => selfTest.waiting[why]));
  },
};

const tellChecks = selfTestTeller(say);

function oncePerMinute(): (visits: number, celsius: number | undefined) => void {
  let last = performance.now();
  return (visits, celsius) => {
    if (performance.now() - last < 60_000) return;
    last = performance.now();
    say(words.lasted(visits, celsius));
  };
}

function now(): string {
  return localTime(new Date(thisKernel().wall()));
}

/** Reads the tester's answers, from keyboard and buttons, during `work`. */
async function listening<T>(
  tester: TerminalTester | undefined,
  lines: Lines | undefined,
  work: () => Promise<T>,
): Promise<T> {
  if (!tester) return work();
  const { stdin } = process;
  if (stdin.isTTY) tester.listenToKeys(stdin.setRawMode(true));
  if (lines) tester.listenToButtons(lines);
  say(words.answer);
  try {
    return await work();
  } finally {
    if (stdin.isTTY) stdin.setRawMode(false).pause();
  }
}

/** One line per language: both would not fit on one. */
function say({ ja, en }: Bilingual): void {
  process.stderr.write(`… ${ja}\n  ${en}\n`);
}

/** Prints the report and writes its files. */
async function publish(report: Report, name: string, json: boolean): Promise<number> {
  process.stdout.write(json ? jsonOf(report) : reportInWords(report));
  const written = await writeReport(name, report);
  if (!written.ok) {
    refuse(written.error);
    return exitCode.failed;
  }
  process.stderr.write(`${both(words.report)}: ${written.value}\n`);
  return codes[outcomeOf(report)];
}

/** Prints why the test cannot begin. */
function refuse(why: Bilingual & { readonly file?: string }): number {
  process.stderr.write(`terashi: ${[...(why.file === undefined ? [] : [why.file]), both(why)].join(': ')}\n`);
  return exitCode.badUsage;
}

const codes: Readonly<Record<BenchOutcome, number>> = {
  passed: exitCode.done,
  failed: exitCode.failed,
  stopped: exitCode.failed,
  incomplete: exitCode.incomplete,
};
