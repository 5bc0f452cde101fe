import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { type Command, exitCode, parse, refuse } from '../../appliance/command/command.js';
import { machineHere } from '../../appliance/command/machine-here.js';
import { softwareHere } from '../../appliance/command/software.js';
import { socketIn, stateFolder } from '../../appliance/core/state-folder.js';
import { installation } from '../../appliance/installation.js';
import { listen } from '../../appliance/panel/server.js';
import { localTime } from '../../appliance/record/local-time.js';
import type { OwnModel } from '../../appliance/vault/protocol.js';
import { startVault } from '../../appliance/vault/vault.js';
import { type Bench, tryBox } from './bench.js';
import { describeBox } from './box.js';
import { both, isPassed, type Report, reportInJson, reportInWords, stepLines } from './report.js';
import { Tester } from './tester.js';
import { type Said, words } from './words.js';

const help = `terashi bench-test [--report 名前/NAME] [--json] [--minutes N] [--unattended] …

  出荷する前に、装置を一台ずつ試します：自己点検、ランプとボタン、テストカードの色と寸法、カメラのピントと画素数、
  続けて動かしたときの熱。テストカードは build/practice/test-card.pdf を100%で印刷したものです。
  Tries a box before it ships: self-test, lights and buttons, colours and scale of the test card, sharpness and pixels
  of the camera, heat while it works without a break. The test card is build/practice/test-card.pdf, printed at 100 %.

  --report NAME      結果を NAME.txt と NAME.json に書きます / writes the result to NAME.txt and NAME.json
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

  JSON: { "passed", "complete", "software", "model", "box": { "model", "serial", … }, "begunAt", "endedAt",
    "steps": [ { "step", "verdict": "passed" | "failed" | "not-made", "code", "about", "numbers", "cause", "remedy" } ],
    "checks": terashi doctor のとおり as terashi doctor has them }

  終了コード / exit codes: 0 不合格なし nothing failed · 1 不合格あり something failed, or the test was ended ·
  2 使い方の誤り、装置が動いている bad usage, or an appliance runs
`;

const options = {
  report: { type: 'string' },
  json: { type: 'boolean', default: false },
  minutes: { type: 'string', default: '30' },
  unattended: { type: 'boolean', default: false },
  pictures: { type: 'string' },
  document: { type: 'string' },
  camera: { type: 'string' },
  settings: { type: 'string' },
  state: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

export const command: Command = {
  async main(args) {
    const parsed = parse({ args, options });
    if (!parsed.ok) return refuse(parsed.error, help);
    const { help: asked, minutes, ...values } = parsed.value.values;
    if (asked) {
      process.stdout.write(help);
      return exitCode.done;
    }
    if (!(Number(minutes) > 0 && Number(minutes) <= 1440))
      return refuse(`--minutes ${minutes}: 0 より大きく 1440 以下 / above 0, at most 1440`, help);
    const folder = resolve(values.state ?? stateFolder());
    // Whoever holds the socket has the devices, the lights and the buttons.
    const alone = await listen(socketIn(folder));
    if (!alone.ok && alone.error === 'socket-in-use')
      return refuse('照らしが動いています。先に終えてください / an appliance runs here: end it first', help);
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
  const end = new AbortController();
  const stop = () => end.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  const { stdin } = process;
  const { machine, lines } = await machineHere(folder, values);
  if (!values.unattended && !stdin.isTTY && !lines)
    return refuse(
      '答える人のいる端末が要ります。なければ --unattended / somebody must answer: --unattended if nobody can',
      help,
    );
  const tester = values.unattended ? undefined : new Tester(end.signal, stop);
  if (tester) {
    if (stdin.isTTY) {
      stdin.setRawMode(true);
      tester.hearKeys(stdin);
    }
    if (lines) tester.hearButtons(lines);
    say(words.answer);
  }
  const begunAt = localTime(new Date());
  const model = await modelOf(machine.own);
  const bench: Bench = {
    machine,
    lines,
    tester,
    pictures: resolve(values.pictures ?? installation.practice),
    minutes,
    signal: end.signal,
    say,
  };
  const tried = await tryBox(bench, (result) => process.stderr.write(`${stepLines(result).join('\n')}\n`));
  lines?.close();
  if (tester && stdin.isTTY) stdin.setRawMode(false).pause();
  const report: Report = {
    software: await softwareHere(),
    model,
    box: await describeBox(),
    begunAt,
    endedAt: localTime(new Date()),
    ...tried,
  };
  return (await publish(report, values)) && isPassed(report) && !end.signal.aborted
    ? exitCode.done
    : exitCode.failed;
}

/** Lines are ended as a terminal in raw mode needs it. */
function say(said: Said): void {
  process.stderr.write(`… ${both(said)}\r\n`);
}

async function modelOf(own: OwnModel): Promise<string | null> {
  const vault = await startVault(own);
  if (!vault.ok) return null;
  const { modelHash } = vault.value.recogniser;
  await vault.value.erase();
  return modelHash;
}

/** Puts the result on the screen, and into files where a name was given; false where they could not be written. */
async function publish(report: Report, { report: name, json }: Values): Promise<boolean> {
  const [inWords, inJson] = [
    reportInWords(report),
    `${JSON.stringify(reportInJson(report), undefined, 2)}\n`,
  ];
  process.stdout.write(json ? inJson : inWords);
  if (name === undefined) return true;
  const path = resolve(name.replace(/\.(txt|json)$/, ''));
  try {
    await writeFile(`${path}.txt`, inWords);
    await writeFile(`${path}.json`, inJson);
    return true;
  } catch (error) {
    process.stderr.write(
      `${path}: ${(error as NodeJS.ErrnoException).code ?? 'unknown'}: 書けません / cannot be written\n`,
    );
    return false;
  }
}
