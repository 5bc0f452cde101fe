import { defineCommand } from '../../appliance/command/command.js';
import { exitCode } from '../../appliance/command/exit-code.js';
import { err, ok } from '../../appliance/result.js';
import { experimentOptions, parseExperiment } from '../experiment/options.js';
import { cancellable } from '../experiment/cancellable.js';
import { readPeople } from '../experiment/people.js';
import { readPeopleTable } from '../experiment/people-table.js';
import { problems } from '../experiment/problems.js';
import { refuseInput, reportFault } from '../experiment/report-problem.js';
import type { ExperimentOptions } from '../experiment/experiment.js';
import { canWrite, writeResult } from '../experiment/write-result.js';
import { inWords as signedInWords } from '../sign/command.js';
import { signerOptions } from '../sign/options.js';
import { readSigner, sign } from '../sign/sign.js';
import { calibrate } from './calibrate.js';
import { inWords } from './words.js';

const usualName = 'calibration.json';

type Options = {
  readonly experiment: ExperimentOptions;
  /** `people.csv`. */
  readonly people: string | undefined;
  /** Undefined where nothing is to be written. */
  readonly out: string | undefined;
  /** Who signs it; undefined where nobody does yet. */
  readonly keys: Parameters<typeof readSigner>[0] | undefined;
  readonly json: boolean;
};

export const command = defineCommand({
  synopsis: ['calibrate フォルダ/FOLDER [--people FILE.csv] [--out FILE] [--key FILE.pem] [--json]'],
  description: `
    自治体の職員など、同意した人の写真から、別人が何度の類似度になるかを測り、較正ファイルを作ります。
    Measures how alike strangers score on pictures of consenting people, and writes a calibration file.
    For the workbench: no box has it. The file holds counts, and neither pictures nor names.
  `,
  arguments: {
    FOLDER: ['人ごとに一つのフォルダ / one folder a person, two persons or more'],
  },
  options: {
    people: {
      type: 'string',
      value: 'FILE.csv',
      help: [
        '一人一行の表。見出し id,age,gender,ethnicity。id はフォルダの名前、ethnicity は east_asian など',
        'what each person says of themselves; what is not known stays empty',
        'これがないと、性別や年の同じ別人のことは言えません',
        'without it nothing is told of strangers who are alike in gender, group and age',
      ],
    },
    out: {
      type: 'string',
      value: 'FILE',
      help: [`書く場所（省略時は ${usualName}）/ where to write; ${usualName} by default`],
    },
    ...experimentOptions,
    ...signerOptions,
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
    同じ人を含む照合は独立でないため、n 人からは、互いに重ならない n/2 組ぶんのことしか言えません（Hoeffding 1963）。
    別人が一度も達しない類似度でも、言える誤一致率は 30 人で 18 %、100 人で 5.8 %、300 人で 2.0 % までです。
    Comparisons that share a person are not independent: n persons are worth n/2 pairs (Hoeffding 1963). Where no
    stranger came, 30 persons support a false match rate of 18 %, 100 of 5.8 %, 300 of 2.0 %, with 95 % confidence.

    --key を付けると、署名もします（terashi sign と同じ）。装置は、署名のない較正ファイルを使いません。
    With --key it is signed at once, as by terashi sign: a box uses no calibration that is not signed.

    終了コード / exit codes: 0 作りました made · 1 故障 fault · 2 使い方・写真の誤り bad input · 130 取りやめ cancelled
  `,
  positionals: true,
  run({ people, out, json, key, certificate, passphrase, ...values }, positionals) {
    const subject = parseExperiment(positionals, values);
    if (!subject.ok) return subject;
    const file = out ?? (json ? undefined : usualName);
    if (key !== undefined && file === undefined)
      return err('--key には --out も要ります / --key needs --out, too');
    const keys = key === undefined ? undefined : { key, certificate, passphrase };
    return cancellable((signal) => run({ experiment: subject.value, people, out: file, keys, json }, signal));
  },
});

async function run(
  { experiment, people: table, out, keys, json }: Options,
  signal: AbortSignal,
): Promise<number> {
  if (out !== undefined && !(await canWrite(out))) return refuseInput(problems.notWritable(out));
  const signer = keys && (await readSigner(keys));
  if (signer?.ok === false) return refuseInput(signer.error);
  const people = await readPeople(experiment.folder);
  if (!people.ok) return refuseInput(people.error);
  const traits = table === undefined ? ok(undefined) : await readPeopleTable(table, people.value);
  if (!traits.ok) return refuseInput(traits.error);
  const made = await calibrate(people.value, traits.value, experiment, new Date(), signal);
  if (!made.ok) return typeof made.error === 'string' ? reportFault(made.error) : refuseInput(made.error);
  const text = `${JSON.stringify(made.value, undefined, 2)}\n`;
  if (out !== undefined) {
    const written = await writeResult(out, text);
    if (!written.ok) return refuseInput(written.error);
  }
  process.stdout.write(json ? text : inWords(made.value));
  if (out !== undefined) process.stderr.write(`書きました / written: ${out}\n`);
  const signed = out !== undefined && signer && (await sign(out, signer.value));
  if (!signed) return exitCode.done;
  if (!signed.ok) return refuseInput(signed.error);
  process.stderr.write(signedInWords(signed.value));
  return exitCode.done;
}
