import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { stateFolder } from '../core/state-folder.js';
import { installation } from '../installation.js';
import type { Origin } from '../settings/in-force.js';
import type { Problem } from '../settings/problem.js';
import { findSettings, type SettingsFound } from '../settings/read.js';
import { settingKeys, valueOf } from '../settings/settings.js';
import { undrawableIn } from '../settings/undrawable.js';
import { formatProblems } from '../settings/words.js';
import { err } from '../result.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { machineOptions } from './local-machine.js';
import { print } from './print.js';
import { problemsInJson, undrawableLines } from './settings-problems.js';

export const command = defineCommand({
  synopsis: [
    'settings check [ファイル/FILE] [--json]',
    'settings show [--settings FILE] [--json]',
    'settings default',
  ],
  arguments: {
    check: [
      '設定ファイルの誤りを、行と直し方とともに示します',
      'names what is wrong in a settings file, by line, with the remedy',
    ],
    show: [
      '今のファイルで動かすときの設定を、どこから来た値かとともに示します',
      'what would be in force with the file as it is, and where each value comes from',
    ],
    default: [
      '説明つきの設定ファイルを表示します。どの値も、何も書かないときの値です',
      'prints the annotated settings file, whose values are the defaults',
    ],
    FILE: [
      '省略時はこの装置の設定（terashi run --help を見てください）',
      "by default this machine's own (see terashi run --help)",
    ],
  },
  options: {
    settings: machineOptions.settings,
    state: {
      ...machineOptions.state,
      help: ['前の正しい設定を控えたフォルダ / the folder that keeps the last good settings'],
    },
  },
  notes: `
    変えた設定は、次に動かしたときから使われます。
    A changed file takes effect at the next start.

    終了コード / exit codes: 0 誤りなし fine · 1 誤りあり problems found · 2 使い方の誤り、ファイルなし bad usage, no such file
  `,
  positionals: true,
  run({ settings: named, state, json }, [verb, file, ...more]) {
    const folder = resolve(state ?? stateFolder());
    if (verb === 'check' && more.length === 0 && named === undefined) return check(folder, file, json);
    if (verb === 'show' && file === undefined) return show(folder, named, json);
    if (verb === 'default' && file === undefined && !json) return printDefaults();
    return err('settings check [FILE] · settings show · settings default');
  },
});

async function printDefaults(): Promise<number> {
  process.stdout.write(await readFile(installation.settings));
  return exitCode.done;
}

async function check(folder: string, named: string | undefined, json: boolean): Promise<number> {
  const found = await findSettings(folder, named);
  const { file, problems } = found;
  const good = problems.length === 0;
  const undrawable = undrawableIn(found.settings);
  print(json, { file: file ?? null, good, problems: problemsInJson(found), undrawable }, () => {
    if (!good) return formatProblems(file!, found) + undrawableLines(found.settings);
    return file === undefined
      ? '設定ファイルはありません。既定値で動きます / no settings file: the defaults are used\n'
      : `${file}: 直すところはありません / nothing to mend\n${undrawableLines(found.settings)}`;
  });
  return codeOf(problems);
}

async function show(folder: string, named: string | undefined, json: boolean): Promise<number> {
  const found = await findSettings(folder, named);
  const { file, settings, origins, problems } = found;
  print(json, { file: file ?? null, problems: problemsInJson(found), settings, origins }, () =>
    [
      `${file ?? '設定ファイルなし / no settings file'}\n`,
      ...valueLines(found),
      formatProblems(file ?? '', found),
    ].join(''),
  );
  return codeOf(problems);
}

function valueLines({ settings, origins }: SettingsFound): string[] {
  return settingKeys.map((key) => {
    const value = valueOf(settings, key);
    const shown = value === undefined ? '–' : JSON.stringify(value);
    return `${`${key} = ${shown}`.padEnd(36)}  ${originWords[origins[key]]}\n`;
  });
}

const originWords: Record<Origin, string> = {
  file: 'このファイル / this file',
  'last-good': '前の正しい設定 / last good settings',
  default: '既定値 / default',
  safest: '安全な側の値 / the safest value',
};

function codeOf(problems: readonly Problem[]): number {
  if (problems.some(({ what }) => what === 'missing')) return exitCode.badUsage;
  return problems.length > 0 ? exitCode.failed : exitCode.done;
}
