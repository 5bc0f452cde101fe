import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';

import { stateFolder } from '../core/state-folder.js';
import { installation } from '../installation.js';
import type { Origin } from '../settings/in-force.js';
import type { Problem } from '../settings/problem.js';
import { findSettings, type SettingsFound } from '../settings/read.js';
import { settingKeys, valueOf } from '../settings/settings.js';
import { formatProblems } from '../settings/words.js';
import { type Command, commonOptions, exitCode, parse, refuse } from './command.js';
import { problemsInJson } from './settings-problems.js';

const help = `terashi settings check [ファイル/FILE] [--json]
terashi settings show [--settings FILE] [--json]
terashi settings default

  check      設定ファイルの誤りを、行と直し方とともに示します
             names what is wrong in a settings file, by line, with the remedy
  show       今のファイルで動かすときの設定を、どこから来た値かとともに示します
             what would be in force with the file as it is, and where each value comes from
  default    説明つきの設定ファイルを表示します。どの値も、何も書かないときの値です
             prints the annotated settings file, whose values are the defaults

  FILE       省略時はこの装置の設定（terashi run --help を見てください）
             by default this machine's own (see terashi run --help)
  --state FOLDER   前の正しい設定を控えたフォルダ / the folder that keeps the last good settings
  --json     結果を JSON で / the result as JSON
  --help     この説明 / this help

  変えた設定は、次に動かしたときから使われます。
  A changed file takes effect at the next start.

  終了コード / exit codes: 0 誤りなし fine · 1 誤りあり problems found · 2 使い方の誤り、ファイルなし bad usage, no such file
`;

export const command: Command = {
  async main(args) {
    const parsed = parse(help, {
      args,
      allowPositionals: true,
      options: {
        settings: { type: 'string' },
        state: { type: 'string' },
        ...commonOptions,
      },
    });
    if (!parsed.ok) return parsed.error;
    const { settings: named, state, json } = parsed.value.values;
    const { positionals } = parsed.value;
    const [verb, file] = [positionals.at(0), positionals.at(1)];
    const folder = resolve(state ?? stateFolder());
    if (verb === 'check' && positionals.length <= 2 && named === undefined) {
      return check(await findSettings(folder, file), json);
    }
    if (file === undefined && verb === 'show') return show(await findSettings(folder, named), json);
    if (file === undefined && verb === 'default' && !json) {
      process.stdout.write(await readFile(installation.settings));
      return exitCode.done;
    }
    return refuse('settings check [FILE] · settings show · settings default', help);
  },
};

function check(found: SettingsFound, json: boolean): number {
  const { file, problems } = found;
  if (json) {
    const good = problems.length === 0;
    process.stdout.write(
      `${JSON.stringify({ file: file ?? null, good, problems: problemsInJson(found) })}\n`,
    );
  } else if (problems.length > 0) {
    process.stdout.write(formatProblems(file!, found));
  } else {
    process.stdout.write(
      file === undefined
        ? '設定ファイルはありません。既定値で動きます / no settings file: the defaults are used\n'
        : `${file}: 直すところはありません / nothing to mend\n`,
    );
  }
  return codeOf(problems);
}

function show(found: SettingsFound, json: boolean): number {
  const { file, settings, origins, problems } = found;
  if (json) {
    process.stdout.write(
      `${JSON.stringify({ file: file ?? null, problems: problemsInJson(found), settings, origins })}\n`,
    );
    return codeOf(problems);
  }
  const values = settingKeys.map((key) => {
    const value = valueOf(settings, key);
    const shown = value === undefined ? '–' : JSON.stringify(value);
    return `${`${key} = ${shown}`.padEnd(36)}  ${from[origins[key]]}\n`;
  });
  process.stdout.write(
    [`${file ?? '設定ファイルなし / no settings file'}\n`, ...values, formatProblems(file ?? '', found)].join(
      '',
    ),
  );
  return codeOf(problems);
}

const from: Record<Origin, string> = {
  file: 'このファイル / this file',
  'last-good': '前の正しい設定 / last good settings',
  default: '既定値 / default',
  safest: '安全な側の値 / the safest value',
};

function codeOf(problems: readonly Problem[]): number {
  if (problems.some(({ what }) => what === 'missing')) return exitCode.badUsage;
  return problems.length > 0 ? exitCode.failed : exitCode.done;
}
