import { resolve } from 'node:path';

import { defineCommand } from '../../appliance/command/command.js';
import { exitCode } from '../../appliance/command/exit-code.js';
import { err, ok, type Result } from '../../appliance/result.js';
import { experimentOptions, parseExperiment } from '../experiment/options.js';
import { cancellable } from '../experiment/cancellable.js';
import { allPairs, listedPairs, type Pairing } from '../experiment/pairing.js';
import { type Person, readPeople } from '../experiment/people.js';
import { readPeopleTable } from '../experiment/people-table.js';
import { type Problem, problems } from '../experiment/problems.js';
import { refuseInput, reportFault } from '../experiment/report-problem.js';
import type { ExperimentOptions } from '../experiment/experiment.js';
import { canWrite, writeResult } from '../experiment/write-result.js';
import { answerOf } from './answer.js';
import { parseContenders } from './contenders.js';
import { type Evaluated, evaluate } from './evaluate.js';
import type { Subject } from './measure.js';
import { reportPage } from './report/page.js';
import { unitsOf } from './units.js';
import { answerInWords } from './said.js';

type Options = {
  readonly contenders: readonly ExperimentOptions[];
  readonly pairs: string | undefined;
  readonly people: string | undefined;
  readonly report: string | undefined;
  readonly json: boolean;
};

export const command = defineCommand({
  synopsis: [
    'evaluate フォルダ/FOLDER [--people FILE.csv] [--compare WHAT=NAME] [--report FILE.html] [--json]',
  ],
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
    people: {
      type: 'string',
      value: 'FILE',
      help: [
        '人の一覧（CSV、見出し id,age,gender,ethnicity。id はフォルダの名前）。似た別人ごとの誤りも求めます',
        'what each person says of themselves, id being the folder: also errors by stratum of strangers',
      ],
    },
    ...experimentOptions,
    calibration: {
      type: 'string',
      value: 'FILE',
      help: [
        'その照合器の較正ファイル（基準は、それが誤一致率 1 % とする類似度になります）',
        'a calibration made with it; the threshold is then its score for a false match rate of 1 %',
      ],
    },
    compare: {
      type: 'string',
      value: 'WHAT=NAME',
      help: [
        'もう一つを同じ写真で測り、並べます: recogniser=名前、pack=フォルダ、calibration=ファイル',
        'measures a second one on the same pictures, side by side: recogniser=NAME, pack=FOLDER,',
        'or calibration=FILE (the same recogniser with another calibration)',
      ],
    },
    report: {
      type: 'string',
      value: 'FILE',
      help: [
        '表、DET 曲線、類似度の分布を一つの HTML に（写真は入りません）',
        'tables, DET curves and histograms in one HTML page, without any picture',
      ],
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

    --people: 別人を、すべて、同じ性別、似た人（性別と出自が同じで五歳差まで）、出自ごと（同じ性別）に分けます。
    誤一致率の上限は人を単位とします（同じ人を含む組は独立でないため）。ずれは、別人すべての平均との差を
    その標準偏差で割ったもの（SD）です。30 人より少ない範囲は「少人数」とします。
    Strata: any two strangers, same gender, alike (same gender and group, ages within 5 years), each group with
    the same gender. The upper 95 % bound of the FMR is by persons: Clopper–Pearson over pairs that share nobody,
    or the bootstrap where five such pairs reach the score. The shift is that of the mean score from any two
    strangers', in their standard deviations. A stratum of fewer than 30 persons is called one of few.

    終了コード / exit codes: 0 測りました measured · 1 故障 fault · 2 使い方・写真・一覧の誤り bad input
    130 取りやめ cancelled
  `,
  positionals: true,
  run({ pairs, people, calibration, compare, report, json, ...values }, positionals) {
    const subject = parseExperiment(positionals, values);
    if (!subject.ok) return subject;
    const first = {
      ...subject.value,
      models: { ...subject.value.models, calibration: calibration && resolve(calibration) },
    };
    const contenders = parseContenders(first, compare);
    if (!contenders.ok) return contenders;
    return cancellable((signal) =>
      run({ contenders: contenders.value, pairs, people, report, json }, signal),
    );
  },
});

async function run(options: Options, signal: AbortSignal): Promise<number> {
  const { report, contenders } = options;
  if (report !== undefined && !(await canWrite(report))) return refuseInput(problems.notWritable(report));
  const subject = await subjectOf(options);
  if (!subject.ok) return refuseInput(subject.error);
  const evaluated = await evaluate(subject.value, contenders, signal);
  if (!evaluated.ok) {
    return typeof evaluated.error === 'string' ? reportFault(evaluated.error) : refuseInput(evaluated.error);
  }
  return print(evaluated.value, options);
}

async function subjectOf(options: Options): Promise<Result<Subject, Problem>> {
  const pairing = await pairingOf(options);
  if (!pairing.ok) return pairing;
  const common = { pairing: pairing.value, units: unitsOf(pairing.value) };
  if (options.people === undefined) return ok({ ...common, traits: undefined });
  const traits = await readPeopleTable(options.people, peopleOf(pairing.value));
  return traits.ok ? ok({ ...common, traits: traits.value }) : traits;
}

async function pairingOf({ contenders: [{ folder }], pairs }: Options): Promise<Result<Pairing, Problem>> {
  if (pairs !== undefined) return listedPairs(folder, pairs);
  const people = await readPeople(folder);
  if (!people.ok) return people;
  const twice = people.value.some((pictures) => pictures.length > 1);
  return twice ? ok(allPairs(people.value)) : err(problems.nobodyTwice(folder));
}

/** The pictures of each person. */
function peopleOf({ pictures, persons }: Pairing): Person[] {
  const people = Array.from({ length: persons }, (): string[] => []);
  for (const { name, person } of pictures) people[person].push(name);
  return people;
}

async function print(evaluated: readonly Evaluated[], { report, json }: Options): Promise<number> {
  if (report !== undefined) {
    const written = await writeResult(report, reportPage(evaluated, new Date()));
    if (!written.ok) return refuseInput(written.error);
  }
  process.stdout.write(json ? `${JSON.stringify(answerOf(evaluated))}\n` : answerInWords(evaluated));
  return exitCode.done;
}
