import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { socketsIn, stateFolder } from '../core/state-folder.js';
import type { FaultCode } from '../findings.js';
import { askAppliance } from '../panel/ask.js';
import { type Checked, faultIn } from '../health/check.js';
import { type OnProgress, selfTest } from '../health/self-test.js';
import { installation } from '../installation.js';
import type { SettingsFound } from '../settings/read.js';
import { formatProblems } from '../settings/words.js';
import { wordsIn } from '../panel/words/said.js';
import { fullName } from '../protocol/label.js';
import { ok, type Result } from '../result.js';
import { findDevices } from '../vault-client/find-devices.js';
import { checkInJson, checkLines } from '../panel/words/check-lines.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { languages, reportFault } from './findings.js';
import { type MachineOptions, machineOptions, openLocalMachine } from './local-machine.js';
import { print } from './print.js';
import { selfTestTeller } from '../panel/words/self-test-lines.js';
import { problemsInJson, undrawableLines } from './settings-problems.js';
import { softwareVersion } from './software-version.js';

export const command = defineCommand({
  synopsis: ['doctor [--json] [--document 画像/IMAGE] [--camera 画像/PATH] …'],
  description: `
    この装置を点検し、悪いところを直し方とともに示します。装置が動いていれば、その装置に点検させます。
    Checks this machine, and says what is wrong and how to mend it. A running appliance is asked to test itself.
    カメラの点検では、ランプが付き、数秒だけ写します。写したものは残しません。
    While the camera is checked its light is on and it sees for some seconds. Nothing of it is kept.
  `,
  options: machineOptions,
  notes: `
    JSON: { "well": true かfalse, "software", "appliance": "asked" | "stopped" | "busy", "practice", "checks": [ {
      "check", "verdict": "ok" | "warning" | "failed" | "not-made", "code", "numbers", "cause": { "ja", "en" },
      "remedy": { "ja", "en" }, "technician": { "ja", "en" } } ], "cameras": [ 設定に書ける名前 names for the settings ], "settings": { "file", "problems": terashi settings check のとおり as that has them } }
    appliance: asked 動いている装置が点検した the running appliance tested itself · stopped 動いていない none runs ·
    busy 来庁者の確認中 a visitor is being served. settings: asked のときは null, null where asked. practice: 練習用の画像が入っている pictures for practice are installed.

    終了コード / exit codes: 0 異常なし well (注意はありうる warnings allowed) · 1 異常あり something is faulty ·
    2 使い方の誤り bad usage
  `,
  run: ({ json, ...options }) => doctor(options, json),
});

type Examined = {
  readonly appliance: 'asked' | 'stopped' | 'busy';
  readonly checks: readonly Checked[];
  /** Undefined if a running appliance tested itself, with its own settings. */
  readonly found?: SettingsFound;
};

type Requested = MachineOptions & { readonly state?: string };

async function doctor(options: Requested, json: boolean): Promise<number> {
  const examined = await examine(options, json ? () => undefined : selfTestTeller(say));
  return examined.ok ? report(examined.value, json) : reportFault(examined.error, json);
}

async function examine(requested: Requested, tell: OnProgress): Promise<Result<Examined, FaultCode>> {
  const folder = resolve(requested.state ?? stateFolder());
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => stop.abort());
  const answer = await askAppliance(socketsIn(folder).doctor, tell);
  if (answer.is === 'tested') return ok({ appliance: 'asked', checks: answer.checks });
  if (answer.is === 'stopped') return ok({ appliance: 'asked', checks: [] });
  const busy = answer.is === 'busy';
  const { machine, found } = await openLocalMachine(folder, requested, busy);
  const { camera: _, scanner: __, ...withoutDevices } = machine;
  const tested = await selfTest(busy ? withoutDevices : machine, tell, stop.signal);
  if (!tested.ok) return tested;
  const checks = stop.signal.aborted ? [] : tested.value;
  return ok({ appliance: busy ? 'busy' : 'stopped', checks, found });
}

function say({ ja, en }: { readonly ja: string; readonly en: string }): void {
  process.stderr.write(`… ${ja} / ${en}\n`);
}

/** Checks that were broken off count as a fault. */
async function report({ appliance, checks, found }: Examined, json: boolean): Promise<number> {
  const well = checks.length > 0 && faultIn(checks) === undefined;
  const practice = existsSync(installation.practice);
  const cameras = await namesOfCameras();
  const result = {
    well,
    software: await softwareVersion(),
    appliance,
    practice,
    checks: checks.map(checkInJson),
    cameras,
    settings: found ? { file: found.file ?? null, problems: problemsInJson(found) } : null,
  };
  print(json, result, () => {
    const lines = [
      ...checks.flatMap(checkLines),
      ...cameraLines(cameras),
      '',
      ...summary(checks, practice),
      '',
    ];
    const ofSettings = found ? formatProblems(found.file ?? '', found) + undrawableLines(found.settings) : '';
    return lines.join('\n') + ofSettings;
  });
  return well ? exitCode.done : exitCode.failed;
}

/** The names by which the settings choose each camera that is attached. None is started. */
async function namesOfCameras(): Promise<string[]> {
  const found = await findDevices('camera');
  return found.ok ? found.value.cameras.map(fullName) : [];
}

function cameraLines(names: readonly string[]): string[] {
  return names.length === 0
    ? []
    : [
        '',
        '設定に書けるカメラの名前 / names of cameras for the settings:',
        ...names.map((name) => `  "${name}"`),
      ];
}

function summary(checks: readonly Checked[], practice: boolean): string[] {
  const count = (verdict: Checked['verdict']) => checks.filter((each) => each.verdict === verdict).length;
  const [failures, warnings] = [count('failed'), count('warning')];
  const lines = languages.map((language) => {
    const words = wordsIn[language].selfTest;
    if (checks.length === 0) return words.unfinished;
    if (failures > 0) return words.failures(failures);
    return warnings > 0 ? words.warnings(warnings) : words.well;
  });
  const missing = checks.some(({ code }) => code === 'scanner-missing' || code === 'camera-missing');
  if (!practice || !missing) return lines;
  return [
    ...lines,
    '練習用の画像が入っているので、terashi run は練習として動きます。',
    'Pictures for practice are installed: terashi run works with them, as practice.',
  ];
}
