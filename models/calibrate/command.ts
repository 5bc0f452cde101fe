import { defineCommand } from '../../appliance/command/command.js';
import { exitCode } from '../../appliance/command/exit-code.js';
import { experimentOptions, parseExperiment } from '../experiment/options.js';
import { cancellable } from '../experiment/cancellable.js';
import { readPeople } from '../experiment/people.js';
import { problems } from '../experiment/problems.js';
import { refuseInput, reportFault } from '../experiment/report-problem.js';
import type { ExperimentOptions } from '../experiment/experiment.js';
import { canWrite, writeResult } from '../experiment/write-result.js';
import { calibrate } from './calibrate.js';
import { inWords } from './words.js';

const usualName = 'calibration.json';

type Options = {
  readonly experiment: ExperimentOptions;
  /** Undefined where nothing is to be written. */
  readonly out: string | undefined;
  readonly json: boolean;
};

export const command = defineCommand({
  synopsis: ['calibrate フォルダ/FOLDER [--out FILE] [--json]'],
  description: `
    自治体の職員など、同意した人の写真から、別人が何度の類似度になるかを測り、較正ファイルを作ります。
    Measures how alike strangers score on pictures of consenting people, and writes a calibration file.
    For the workbench: no box has it. The file holds counts, and neither pictures nor names.
  `,
  arguments: {
    FOLDER: ['人ごとに一つのフォルダ / one folder a person, two persons or more'],
  },
  options: {
    out: {
      type: 'string',
      value: 'FILE',
      help: [`書く場所（省略時は ${usualName}）/ where to write; ${usualName} by default`],
    },
    ...experimentOptions,
    json: {
      type: 'boolean',
      default: false,
      help: [
        '較正ファイルの中身も標準出力へ（--out がなければファイルは書きません）',
        "prints the file's content, and writes it only where --out says so",
      ],
    },
  },
  notes: `
    n 回の照合から言える誤一致率は 3/n までです（3 の法則）。
    n comparisons support false match rates down to 3/n (rule of three).

    終了コード / exit codes: 0 作りました made · 1 故障 fault · 2 使い方・写真の誤り bad input · 130 取りやめ cancelled
  `,
  positionals: true,
  run({ out, json, ...values }, positionals) {
    const subject = parseExperiment(positionals, values);
    if (!subject.ok) return subject;
    const file = out ?? (json ? undefined : usualName);
    return cancellable((signal) => run({ experiment: subject.value, out: file, json }, signal));
  },
});

async function run({ experiment, out, json }: Options, signal: AbortSignal): Promise<number> {
  if (out !== undefined && !(await canWrite(out))) return refuseInput(problems.notWritable(out));
  const people = await readPeople(experiment.folder);
  if (!people.ok) return refuseInput(people.error);
  const made = await calibrate(people.value, experiment, new Date(), signal);
  if (!made.ok) return typeof made.error === 'string' ? reportFault(made.error) : refuseInput(made.error);
  const text = `${JSON.stringify(made.value, undefined, 2)}\n`;
  if (out !== undefined) {
    const written = await writeResult(out, text);
    if (!written.ok) return refuseInput(written.error);
  }
  process.stdout.write(json ? text : inWords(made.value));
  if (out !== undefined) process.stderr.write(`書きました / written: ${out}\n`);
  return exitCode.done;
}
