import { resolve } from 'node:path';

import { type Command, commonOptions, exitCode, parse, refuse } from '../command/command.js';
import { machineHere } from '../command/machine-here.js';
import { softwareHere } from '../command/software.js';
import { socketIn, stateFolder } from '../core/state-folder.js';
import { installation } from '../installation.js';
import { listen } from '../core/panel-server.js';
import { localTime } from '../record/local-time.js';
import type { OwnModel } from '../protocol/vault.js';
import { startVault } from '../vault-client/vault.js';
import { type Bench, tryBox } from './bench.js';
import { describeBox } from './box.js';
import { both, type Outcome, outcomeOf, type Report, reportInWords, stepLines } from './report.js';
import { jsonOf, reportName, writeReport } from './report-files.js';
import type { StepResult } from './step.js';
import { Tester } from './tester.js';
import { type Said, words } from './words.js';

const help = `terashi bench-test [--report 名前/NAME] [--json] [--minutes N] [--unattended] …

  出荷する前に、装置を一台ずつ試します：自己点検、ランプとボタン、テストカードの色と寸法、カメラのピントと画素数、
  続けて動かしたときの熱。テストカードは build/practice/test-card.pdf を100%で印刷したものです。
  Tries a box before it ships: self-test, lights and buttons, colours and scale of the test card, sharpness and pixels
  of the camera, heat while it works without a break. The test card is build/practice/test-card.pdf, printed at 100 %.

  --report NAME      結果を NAME.txt と NAME.json に書きます。省略時は bench-test-（製造番号）-（日時）
                     writes the result to NAME.txt and NAME.json, by default bench-test-SERIAL-TIME
  --json             結果を JSON で画面に / prints the result as JSON
  --minutes N        続けて動かす時間（省略時は30分）/ how long the visits go on, 30 by default
  --unattended       人に尋ねません。尋ねる項目は「未実施」になります
                     asks nobody; what somebody would be asked is "not made"
  --pictures FOLDER  練習用の画像（build/practice を写したもの）/ pictures for practice, a copy of build/practice
  --document FILE    読み取り機の代わりに、この画像 / this picture lies under the pseudo-scanner (practice)
  --camera PATH      カメラの代わりに、この画像 / these pictures stand before the camera (practice)
  --settings FILE    設定ファイル / the settings file (TOML)
  --state FOLDER     記録のあるフォルダ / the folder of the audit records
  --help             この説明 / this help

  JSON: { "outcome": "passed" | "failed" | "incomplete" | "stopped", "software", "model", "box": { "model", "serial",
    "name", … }, "begunAt", "endedAt", "steps": [ { "step", "verdict": "passed" | "failed" | "not-made", "code", "about",
    "numbers", "cause", "remedy" } ], "checks": terashi doctor のとおり as terashi doctor has them }
  outcome: passed 合格 everything was tried, nothing failed · failed 不合格あり · incomplete 未実施あり not everything
  was tried · stopped 途中で終わった ended half-way

  終了コード / exit codes: 0 合格 passed · 1 不合格あり、途中で終わった、結果を書けない failed, stopped, or no report ·
  2 使い方の誤り、装置が動いている、結果を書けない bad usage, an appliance runs, the report cannot be written ·
  3 不合格はないが未実施あり incomplete
`;

const options = {
  report: { type: 'string' },
  minutes: { type: 'string', default: '30' },
  unattended: { type: 'boolean', default: false },
  pictures: { type: 'string' },
  document: { type: 'string' },
  camera: { type: 'string' },
  settings: { type: 'string' },
  state: { type: 'string' },
  ...commonOptions,
} as const;

export const command: Command = {
  async main(args) {
    const parsed = parse(help, { args, options });
    if (!parsed.ok) return parsed.error;
    const { minutes, ...values } = parsed.value.values;
    if (!(Number(minutes) > 0 && Number(minutes) <= 1440))
      return refuse(`--minutes ${minutes}: 0 より大きく 1440 以下 / above 0, at most 1440`, help);
    const folder = resolve(values.state ?? stateFolder());
    // Whoever holds the socket has the devices, the lights and the buttons.
    const alone = await listen(socketIn(folder));
    if (!alone.ok && alone.error === 'socket-in-use') return complain(words.runs);
    try {
      return await test(folder, Number(minutes), values);
    } finally {
      if (alone.ok) await alone.value.close();
    }
  },
};

type Values = {
  readonly report?: string;
  readonly json: boolean;
  readonly unattended: boolean;
  readonly pictures?: string;
  readonly document?: string;
  readonly camera?: string;
  readonly settings?: string;
};

async function test(folder: string, minutes: number, values: Values): Promise<number> {
  const { machine, lights } = await machineHere(folder, values);
  try {
    const lines = lights?.lines;
    if (!values.unattended && !process.stdin.isTTY && !lines) return complain(words.nobody);
    const begun = await begin(machine.own);
    const name = values.report ?? reportName(begun.box, begun.begunAt);
    // What cannot be written is known before half an hour is spent on it; and a power cut leaves a report that says so.
    const place = await writeReport(name, begun);
    if (!place.ok) return complain(place.error);
    const end = new AbortController();
    const stop = () => end.abort();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
    const tester = values.unattended ? undefined : new Tester(end.signal, stop);
    const pictures = resolve(values.pictures ?? installation.practice);
    const bench: Bench = { machine, lines, tester, pictures, minutes, signal: end.signal, say };
    const tried = await attended(bench, () => tryBox(bench, sayResult));
    return await publish({ ...begun, ...tried, endedAt: localTime(new Date()) }, name, values.json);
  } finally {
    lights?.close();
  }
}

/** The report as it is before anything was tried. */
async function begin(own: OwnModel): Promise<Report> {
  const begunAt = localTime(new Date());
  const known = { software: await softwareHere(), model: await modelOf(own), box: await describeBox() };
  return { ...known, begunAt, endedAt: begunAt, steps: [], checks: [] };
}

/** Lets the tester answer, by keyboard and by buttons, while something is done. */
async function attended<T>({ tester, lines, say }: Bench, work: () => Promise<T>): Promise<T> {
  if (!tester) return work();
  const { stdin } = process;
  if (stdin.isTTY) tester.hearKeys(stdin.setRawMode(true));
  if (lines) tester.hearButtons(lines);
  say(words.answer);
  try {
    return await work();
  } finally {
    if (stdin.isTTY) stdin.setRawMode(false).pause();
  }
}

/** Each language has a line of its own, since a line of both would be torn at the screen's edge. */
function say({ ja, en }: Said): void {
  process.stderr.write(`… ${ja}\n  ${en}\n`);
}

function sayResult(result: StepResult): void {
  process.stderr.write(`${stepLines(result).join('\n')}\n`);
}

async function modelOf(own: OwnModel): Promise<string | null> {
  const vault = await startVault(own);
  if (!vault.ok) return null;
  const { modelHash } = vault.value.recogniser;
  await vault.value.erase();
  return modelHash;
}

/** Puts the result on the screen and into its files. */
async function publish(report: Report, name: string, json: boolean): Promise<number> {
  process.stdout.write(json ? jsonOf(report) : reportInWords(report));
  const written = await writeReport(name, report);
  if (!written.ok) {
    complain(written.error);
    return exitCode.failed;
  }
  process.stderr.write(`${both(words.report)}: ${written.value}\n`);
  return codes[outcomeOf(report)];
}

/** Says why the test is not begun. */
function complain(why: Said & { readonly file?: string }): number {
  process.stderr.write(`terashi: ${[...(why.file === undefined ? [] : [why.file]), both(why)].join(': ')}\n`);
  return exitCode.badUsage;
}

const codes: Readonly<Record<Outcome, number>> = {
  passed: exitCode.done,
  failed: exitCode.failed,
  stopped: exitCode.failed,
  incomplete: exitCode.incomplete,
};
