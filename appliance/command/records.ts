import { recordFileIn, stateFolder } from '../core/state-folder.js';
import { notVerifiedWords } from '../record/words.js';
import type { Times } from '../record/times.js';
import { verifyRecords } from '../record/verify.js';
import { type Command, commonOptions, exitCode, parse, refuse } from './command.js';
import { exportRecords } from './export-records.js';
import { linesAt } from './in-both.js';

const help = `terashi records verify [ファイル/FILE] [--json]
terashi records export [ファイル/FILE] [--json]

  verify: 記録が一件も書きかえられず、消されず、つながっているかを確かめます。ファイルは変えません。
  Checks that every audit record continues the one before: none changed, none removed. Changes nothing.
  時刻を確かめられなかった記録も示します。異常とは数えません。
  Lists the records whose time was not trusted as well; that is no fault of the chain.

  export: 記録を、差してあるUSBメモリーに書き写します。書いたあと読み返し、sha256 のファイルも付けます。
  Copies the records to a USB stick that is plugged in, reads them back, and lays their sha256 beside them.
  つながりに異常があっても、そのまま書き写して知らせます。USBメモリーにあるものは上書きしません。
  A broken chain is copied as it is, and told of. Nothing on the stick is overwritten.

  FILE      省略時はこの装置の記録 / this machine's own records by default
  --json    結果を JSON で / the result as JSON
  --help    この説明 / this help

  JSON export: { "exported": true, "name", "whole", "count", "broken" } · { "exported": false, "why", "file", "ja", "en" }

  終了コード / exit codes
  verify: 0 異常なし whole · 1 異常あり broken, with the line · 2 使い方・ファイルの誤り bad usage, no such file
  export: 0 取り出しました exported · 1 できませんでした failed · 2 使い方・ファイルの誤り bad usage, no such file ·
          3 取り出しましたが、異常あり exported, but broken
`;

export const command: Command = {
  async main(args) {
    const parsed = parse(help, { args, allowPositionals: true, options: commonOptions });
    if (!parsed.ok) return parsed.error;
    const { positionals, values } = parsed.value;
    const [verb, given, ...more] = positionals as [string?, string?, ...string[]];
    if (more.length > 0) return refuse('records verify [FILE] · records export [FILE]', help);
    switch (verb) {
      case 'verify':
        return verify(given ?? recordFileIn(stateFolder()), values.json);
      case 'export':
        return exportRecords(given, values.json);
      default:
        return refuse('records verify [FILE] · records export [FILE]', help);
    }
  },
};

async function verify(file: string, json: boolean): Promise<number> {
  const result = await verifyRecords(file);
  if (result.ok) {
    const { count, first, last, ...times } = result.value;
    const span =
      first && last ? `  ${first.number} (${first.endedAt}) – ${last.number} (${last.endedAt})\n` : '';
    process.stdout.write(
      json
        ? `${JSON.stringify({ whole: true, count, first, last, ...times })}\n`
        : `異常なし：${count} 件 / whole: ${count} records\n${span}${formatTimes(times)}`,
    );
    return exitCode.done;
  }
  const { why } = result.error;
  const line = 'line' in result.error ? result.error.line : undefined;
  const words = notVerifiedWords[why];
  if (json) process.stdout.write(`${JSON.stringify({ whole: false, why, line, ...words })}\n`);
  else {
    const where = line === undefined ? file : `${line} 行目 / line ${line}`;
    process.stderr.write(linesAt(where, words));
  }
  return why === 'unreadable' ? exitCode.badUsage : exitCode.failed;
}

/** Which boots there were, and each record whose time cannot be relied on, with its true time where that is known. */
function formatTimes({ boots, untrusted, unmarked }: Times): string {
  const said = [
    ...(unmarked > 0 ? [`${unmarked} 件は起動の回数なし / ${unmarked} records without a boot number`] : []),
    ...boots.map(({ boot, records, first, last, untrusted }) => {
      const ofThem =
        untrusted > 0 ? `（時刻 未確認 ${untrusted} 件 / ${untrusted} with an untrusted time）` : '';
      return `起動 ${boot} / boot ${boot}: ${records} 件 / records  ${first} – ${last}${ofThem}`;
    }),
    ...untrusted.map(({ number, endedAt, likely }) => {
      const truly = likely === undefined ? '' : `、実際は / truly ${likely}`;
      return `時刻 未確認 / untrusted time: ${number} (${endedAt}${truly})`;
    }),
  ];
  return said.map((line) => `  ${line}\n`).join('');
}
