import { defineCommand } from '../../appliance/command/command.js';
import { exitCode } from '../../appliance/command/exit-code.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { experimentOptions, parseExperiment } from '../experiment/options.js';
import { cancellable } from '../experiment/cancellable.js';
import { allPairs, listedPairs, type Pairing } from '../experiment/pairing.js';
import { readPeople } from '../experiment/people.js';
import { type Problem, problems } from '../experiment/problems.js';
import { refuseInput, reportFault } from '../experiment/report-problem.js';
import type { ExperimentOptions } from '../experiment/experiment.js';
import { canWrite, writeResult } from '../experiment/write-result.js';
import { type Evaluated, evaluate } from './evaluate.js';
import { reportPage } from './report/page.js';
import { inWords } from './words.js';

type Options = {
  readonly experiment: ExperimentOptions;
  readonly pairs: string | undefined;
  readonly report: string | undefined;
  readonly json: boolean;
};

export const command = defineCommand({
  synopsis: ['evaluate フォルダ/FOLDER [--pairs FILE.csv] [--report FILE.html] [--json]'],
  description: `
    写真を装置と同じように照合し、誤り率を測ります。写真は一枚ずつ読み、残しません。
    Compares pictures as the appliance does, and measures its error rates. For the workbench: no box has it.
  `,
  arguments: {
    FOLDER: [
      '人ごとに一つのフォルダ（すべての組を比べます）',
      'one folder a person, as in LFW: every picture is compared with every other',
    ],
  },
  options: {
    pairs: {
      type: 'string',
      value: 'FILE',
      help: [
        '比べる組の一覧（CSV、見出し a,b,same。a が書類、b が本人、same は 1 か 0）',
        'the pairs to compare: a is the document, b the probe, both relative to FOLDER',
      ],
    },
    ...experimentOptions,
    report: {
      type: 'string',
      value: 'FILE',
      help: ['DET 曲線と類似度の分布を一つの HTML に / one HTML page with curve and histograms'],
    },
    json: {
      type: 'boolean',
      default: false,
      help: ['結果を JSON で（割合は 0–1）/ the result as JSON, rates as fractions of 1'],
    },
  },
  notes: `
    どの写真も書類と本人の両方で見ます。前の写真が書類です（使えないときは逆にします）。
    Of every two pictures the earlier is the document, or the later where only that can be done.
    来庁時なら撮り直しになる写真は、登録失敗（failedToEnrol）とし、最初の理由で数えます。
    A picture at which a visit would ask for another fails to enrol, counted under its first finding.

    FNMR は、他人の組が 3/FMR 以上あるときだけ示します（FMR 0.1 % なら 3,000 組。3 の法則）。
    足りなければ「言えない」（JSON では null）とします。
    FNMR is told at an FMR only where there are 3/FMR impostor pairs or more: 300 for 1 %, 3,000 for 0.1 %,
    30,000 for 0.01 %. By the rule of three fewer pairs cannot tell that rate from none; JSON then has null.

    95 % 区間: 同じ人の組が二つない一覧では Clopper–Pearson（しきい値は固定）、ほかは人を単位とするブートストラップ
    （200–1,000 回、組は多くて 200 万ずつ）。誤りが一つもなければ、人数を試行数とした Clopper–Pearson を上限とします。
    95 % intervals: Clopper–Pearson where no person is in two genuine pairs (the threshold taken as fixed);
    otherwise a bootstrap over persons, 200 to 1,000 draws over at most 2 million pairs of each kind. Where no
    error was seen, the bound is Clopper–Pearson's with as many trials as persons.

    終了コード / exit codes: 0 測りました measured · 1 故障 fault · 2 使い方・写真・一覧の誤り bad input
    130 取りやめ cancelled
  `,
  positionals: true,
  run({ pairs, report, json, ...values }, positionals) {
    const subject = parseExperiment(positionals, values);
    if (!subject.ok) return subject;
    return cancellable((signal) => run({ experiment: subject.value, pairs, report, json }, signal));
  },
});

async function run(options: Options, signal: AbortSignal): Promise<number> {
  const { report, experiment } = options;
  if (report !== undefined && !(await canWrite(report))) return refuseInput(problems.notWritable(report));
  const pairing = await pairingOf(options);
  if (!pairing.ok) return refuseInput(pairing.error);
  const evaluated = await evaluate(pairing.value, experiment, signal);
  if (!evaluated.ok) {
    return typeof evaluated.error === 'string' ? reportFault(evaluated.error) : refuseInput(evaluated.error);
  }
  return print(evaluated.value, options);
}

async function pairingOf({ experiment: { folder }, pairs }: Options): Promise<Result<Pairing, Problem>> {
  if (pairs !== undefined) return listedPairs(folder, pairs);
  const people = await readPeople(folder);
  if (!people.ok) return people;
  const twice = people.value.some((pictures) => pictures.length > 1);
  return twice ? ok(allPairs(people.value)) : err(problems.nobodyTwice(folder));
}

async function print({ evaluation, tally }: Evaluated, { report, json }: Options): Promise<number> {
  if (report !== undefined) {
    const written = await writeResult(report, reportPage(evaluation, tally, new Date()));
    if (!written.ok) return refuseInput(written.error);
  }
  process.stdout.write(json ? `${JSON.stringify(evaluation)}\n` : inWords(evaluation));
  return exitCode.done;
}
