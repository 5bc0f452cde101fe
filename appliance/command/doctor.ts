import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { socketIn, stateFolder } from '../core/state-folder.js';
import type { FaultCode } from '../findings.js';
import { askAppliance } from '../panel/ask.js';
import { type Checked, type CheckName, faultIn } from '../health/check.js';
import { selfTest } from '../health/self-test.js';
import { installation } from '../installation.js';
import type { SettingsFound } from '../settings/read.js';
import { formatProblems } from '../settings/words.js';
import { wordsIn } from '../panel/words/said.js';
import { ok, type Result } from '../result.js';
import { checkInJson, checkLines } from './check-lines.js';
import { type Command, commonOptions, exitCode, parse } from './command.js';
import { languages, reportFault } from './findings.js';
import { type Asked, machineHere } from './machine-here.js';
import { problemsInJson } from './settings-problems.js';
import { softwareHere } from './software.js';

const help = `terashi doctor [--json] [--document 画像/IMAGE] [--camera 画像/PATH] …

  この装置を点検し、悪いところを直し方とともに示します。装置が動いていれば、その装置に点検させます。
  Checks this machine, and says what is wrong and how to mend it. A running appliance is asked to test itself.
  カメラの点検では、ランプが付き、数秒だけ写します。写したものは残しません。
  While the camera is checked its light is on and it sees for some seconds. Nothing of it is kept.

  --document FILE    読み取り機の代わりに、この画像を読み取ります（練習）
                     this picture lies under the pseudo-scanner (practice)
  --camera PATH      カメラの代わりに、この画像かフォルダの画像を写します（練習）
                     this picture, or those of this folder, stand before the camera (practice)
  --settings FILE    設定ファイル / the settings file (TOML)
  --state FOLDER     記録のあるフォルダ / the folder of the audit records
  --json             結果を JSON で / the result as JSON
  --help             この説明 / this help

  JSON: { "well": true かfalse, "software", "appliance": "asked" | "stopped" | "busy", "practice", "checks": [ {
    "check", "verdict": "ok" | "warning" | "failed" | "not-made", "code", "numbers", "cause": { "ja", "en" },
    "remedy": { "ja", "en" } } ], "settings": { "file", "problems": terashi settings check のとおり as that has them } }
  appliance: asked 動いている装置が点検した the running appliance tested itself · stopped 動いていない none runs ·
  busy 来庁者の確認中 a visitor is being served. settings: asked のときは null, null where asked. practice: 練習用の画像が入っている pictures for practice are installed.

  終了コード / exit codes: 0 異常なし well (注意はありうる warnings allowed) · 1 異常あり something is faulty ·
  2 使い方の誤り bad usage
`;

type Examined = {
  readonly appliance: 'asked' | 'stopped' | 'busy';
  readonly checks: readonly Checked[];
  /** Undefined where an appliance tested itself, with its own. */
  readonly found?: SettingsFound;
};

export const command: Command = {
  async main(args) {
    const parsed = parse(help, {
      args,
      options: {
        document: { type: 'string' },
        camera: { type: 'string' },
        settings: { type: 'string' },
        state: { type: 'string' },
        ...commonOptions,
      },
    });
    if (!parsed.ok) return parsed.error;
    const { json, ...values } = parsed.value.values;
    const examined = await examine(values, json ? () => undefined : sayWhatIsLookedAt);
    return examined.ok ? report(examined.value, json) : reportFault(examined.error, json);
  },
};

type Tell = (now: CheckName | undefined) => void;

async function examine(asked: Asked & { state?: string }, tell: Tell): Promise<Result<Examined, FaultCode>> {
  const folder = resolve(asked.state ?? stateFolder());
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  const answer = await askAppliance(socketIn(folder), (_, now) => tell(now));
  if (answer.is === 'tested') return ok({ appliance: 'asked', checks: answer.checks });
  if (answer.is === 'stopped') return ok({ appliance: 'asked', checks: [] });
  const busy = answer.is === 'busy';
  const { machine, found } = await machineHere(folder, asked, busy);
  const { camera: _, scanner: __, ...withoutDevices } = machine;
  const tested = await selfTest(busy ? withoutDevices : machine, (_, now) => tell(now), stop.signal);
  if (!tested.ok) return tested;
  const checks = stop.signal.aborted ? [] : tested.value;
  return ok({ appliance: busy ? 'busy' : 'stopped', checks, found });
}

function sayWhatIsLookedAt(now: CheckName | undefined): void {
  if (now)
    process.stderr.write(`… ${languages.map((language) => wordsIn[language].checks[now]).join(' / ')}\n`);
}

/** Whatever was not checked to the end is not well. */
async function report({ appliance, checks, found }: Examined, json: boolean): Promise<number> {
  const well = checks.length > 0 && faultIn(checks) === undefined;
  const practice = existsSync(installation.practice);
  if (json) {
    const said = {
      well,
      software: await softwareHere(),
      appliance,
      practice,
      checks: checks.map(checkInJson),
      settings: found ? { file: found.file ?? null, problems: problemsInJson(found) } : null,
    };
    process.stdout.write(`${JSON.stringify(said)}\n`);
  } else {
    const lines = [...checks.flatMap(checkLines), '', ...summary(checks, practice), ''];
    process.stdout.write(lines.join('\n') + (found ? formatProblems(found.file ?? '', found) : ''));
  }
  return well ? exitCode.done : exitCode.failed;
}

function summary(checks: readonly Checked[], practice: boolean): string[] {
  const count = (verdict: Checked['verdict']) => checks.filter((each) => each.verdict === verdict).length;
  const [failures, warnings] = [count('failed'), count('warning')];
  const said = languages.map((language) => {
    const words = wordsIn[language].selfTest;
    if (checks.length === 0) return words.unfinished;
    if (failures > 0) return words.failures(failures);
    return warnings > 0 ? words.warnings(warnings) : words.well;
  });
  const missing = checks.some(({ code }) => code === 'scanner-missing' || code === 'camera-missing');
  if (!practice || !missing) return said;
  return [
    ...said,
    '練習用の画像が入っているので、terashi run は練習として動きます。',
    'Pictures for practice are installed: terashi run works with them, as practice.',
  ];
}
