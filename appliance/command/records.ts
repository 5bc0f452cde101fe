import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { recordFileIn, stateFolder, witnessIn } from '../core/state-folder.js';
import { notVerifiedWords } from '../record/words.js';
import type { Times } from '../record/times.js';
import { type NotVerified, type Verified, verifyRecords } from '../record/verify.js';
import { type Err, err } from '../result.js';
import { type Tpm, tpmHere } from '../tpm/tpm.js';
import { linesAt } from '../panel/words/bilingual.js';
import { badKey, boxKey } from './box-key.js';
import { defineCommand } from './command.js';
import { exitCode } from './exit-code.js';
import { exportRecords } from './export-records.js';
import { openRecords } from './open-records.js';
import { print } from './print.js';
import { showRecords } from './show-records.js';
import { summariseRecords } from './summarise-records.js';

export const command = defineCommand({
  synopsis: [
    'records verify [ファイル/FILE] [--key 公開鍵/KEY] [--json]',
    'records show [番号/NUMBER] [ファイル/FILE] [--last 件数/N] [--json]',
    'records summary [ファイル/FILE] [--json]',
    'records export [ファイル/FILE] [--json]',
    'records open ファイル/FILE --identity 鍵/KEY [--key 装置の鍵/KEY] [--output フォルダ/FOLDER] [--json]',
  ],
  description: `
    verify: 記録が一件も書きかえられず、消されず、つながっているかを確かめます。ファイルは変えません。
    Checks that every audit record continues the one before: none changed, none removed. Changes nothing.
    時刻を確かめられなかった記録も示します。異常とは数えません。
    Lists the records whose time was not trusted as well; that is no fault of the chain.
    装置の鍵の署名（records.head）とも比べます。写しでは records.head と device.pub を同じフォルダに置きます。
    Compares them with what the box signed (records.head); beside a copy lie its records.head and device.pub.
    終わりの1行がまだなければ「停電」とし、次の起動で署名の控えから書き足します。ほかの違いは直しません。
    A last line that is missing counts as a power cut, and the next start appends it from the signature. No other
    difference is mended.

    show: 記録を言葉で示します。番号の1件、または終わりの20行（--last で変えられます）。
    Shows records in words: one number's, or the last 20 lines (--last changes that).

    summary: 月ごとに、終わり方と写真の指摘を数えます。
    Counts by month how visits ended, and what was found of their pictures.

    export: 記録を、差してあるUSBメモリーに書き写します。書いたあと読み返し、sha256 のファイルも付けます。
    Copies the records to a USB stick that is plugged in, reads them back, and lays their sha256 beside them.
    つながりに異常があっても、そのまま書き写して知らせます。USBメモリーにあるものは上書きしません。
    A broken chain is copied as it is, and told of. Nothing on the stick is overwritten.
    設定に keys.export があれば、その鍵で暗号にします。装置の鍵で署名もします。
    It is encrypted to keys.export where the settings name it, and signed with the key of the box.

    open: 暗号にした写し（.age）を、役場のPCで開きます。署名とつながりを確かめ、新しいフォルダに書き出します。
    Opens an encrypted copy (.age) on a PC: verifies its signature and its chain, and lays the records into a new folder.
    一文字でも変わっていれば開きません。
    It refuses a copy of which one byte was changed.
  `,
  arguments: { FILE: ["省略時はこの装置の記録 / this machine's own records by default"] },
  options: {
    last: {
      type: 'string',
      value: 'N',
      help: ['示す行数（1から10000） / how many lines to show (1 to 10000)'],
    },
    identity: {
      type: 'string',
      value: 'KEY',
      help: ['開く鍵（terashi-export.agekey） / the key that opens it'],
    },
    key: {
      type: 'string',
      value: 'KEY',
      help: [
        '署名したはずの装置の公開鍵（ed25519:… か device.pub）',
        'the public key of the box that must have signed (ed25519:… or a device.pub)',
      ],
    },
    output: {
      type: 'string',
      value: 'FOLDER',
      help: ['書き出す新しいフォルダ / the new folder; by default named after the file'],
    },
  },
  notes: `
    JSON export: { "exported": true, "name", "encrypted", "whole", "count", "broken" } · { "exported": false, "why", "file", "ja", "en" }
    JSON open: { "opened": true, "folder", "files", "signer", "compared", "whole", "broken" } · { "opened": false, "why", "file", "ja", "en" }

    終了コード / exit codes
    verify: 0 異常なし whole · 1 異常あり broken, with the line · 2 使い方・ファイルの誤り bad usage, no such file
    show, summary: 0 示しました shown · 1 異常あり、番号なし broken, no such number · 2 使い方・ファイルの誤り bad usage, no such file
    export: 0 取り出しました exported · 1 できませんでした failed · 2 使い方・ファイルの誤り bad usage, no such file ·
            3 取り出しましたが、異常あり exported, but broken
    open: 0 開きました opened · 1 開けません refused · 2 使い方の誤り bad usage ·
          3 開きましたが、署名がないか、異常あり opened, but not signed, or broken
  `,
  positionals: true,
  run({ json, identity, key, output, last }, [verb, file, ...more]) {
    if (verb === 'show') return show([file, ...more], last, json);
    if (last !== undefined) return err('records show --last N');
    if (verb === 'summary' && more.length === 0)
      return summariseRecords(file ?? recordFileIn(stateFolder()), json);
    if (verb === 'open' && more.length === 0 && file !== undefined && identity !== undefined)
      return openRecords(file, { identity, key, output, json });
    if (identity !== undefined || output !== undefined) return err('records open FILE --identity KEY');
    if (more.length === 0 && verb === 'verify') return verify(file ?? recordFileIn(stateFolder()), key, json);
    if (more.length === 0 && verb === 'export') return exportRecords(file, json);
    return err(
      'records verify [FILE] · records show [NUMBER] [FILE] · records summary [FILE] · records export [FILE] · records open FILE --identity KEY',
    );
  },
});

function show(
  given: readonly (string | undefined)[],
  last: string | undefined,
  json: boolean,
): Promise<number> | Err<string> {
  const words = given.filter((word) => word !== undefined);
  const isNumber = (word: string) => /^\d{4}-\d{4,9}$/.test(word);
  const [numbers, files] = [words.filter(isNumber), words.filter((word) => !isNumber(word))];
  const lines = last === undefined ? undefined : Number(last);
  const isCount = lines === undefined || (Number.isInteger(lines) && lines >= 1 && lines <= 10_000);
  if (numbers.length > 1 || files.length > 1 || !isCount)
    return err('records show [NUMBER] [FILE] [--last 1…10000]');
  return showRecords(
    files.at(0) ?? recordFileIn(stateFolder()),
    { number: numbers.at(0), last: lines },
    json,
  );
}

async function verify(file: string, given: string | undefined, json: boolean): Promise<number> {
  const key = await boxKey(given);
  if (!key.ok) return badKey(given, { whole: false }, json);
  const verified = await verifyRecords(file, {
    key: key.value,
    witness: witnessOf(file),
    tpm: ownTpm(file),
  });
  if (!verified.ok) return notVerified(verified.error, file, json);
  const { count, first, last, seal, ...times } = verified.value;
  print(json, { whole: true, count, first, last, ...(seal ? { seal } : {}), ...times }, () => {
    const span =
      first && last ? `  ${first.number} (${first.endedAt}) – ${last.number} (${last.endedAt})\n` : '';
    return `異常なし：${count} 件 / whole: ${count} records\n${span}${sealed(seal)}${formatTimes(times)}`;
  });
  return exitCode.done;
}

/** The witness of this machine's records; a copy has none. */
function witnessOf(file: string): string | undefined {
  const folder = witnessIn(dirname(resolve(file)));
  return existsSync(folder) ? folder : undefined;
}

/** The TPM counts this machine's records, and no copy's. */
function ownTpm(file: string): Tpm | undefined {
  return resolve(file) === resolve(recordFileIn(stateFolder())) ? tpmHere() : undefined;
}

function sealed(seal: Verified['seal']): string {
  if (!seal) return '  署名なし（署名を始める前の記録） / not signed: from before heads were signed\n';
  const { key, unsigned, witnessed, counted } = seal;
  const before = unsigned > 0 ? `  署名より前 / from before the signature: ${unsigned}\n` : '';
  const witness = witnessed ? '一致 / agrees' : 'なし / none to compare';
  return `  署名の鍵 / signed by ${key}\n  別の控え / copy elsewhere: ${witness}\n  TPMの行数 / lines by a TPM: ${countedWords[counted]}\n${before}`;
}

const countedWords: Record<NonNullable<Verified['seal']>['counted'], string> = {
  agrees: '一致 / agrees',
  'not-compared': '比べていない / not compared',
  none: 'なし / none',
};

function notVerified(error: NotVerified, file: string, json: boolean): number {
  const { why } = error;
  const line = 'line' in error ? error.line : undefined;
  const more = 'more' in error ? error.more : undefined;
  const words = notVerifiedWords[why];
  const at = line === undefined ? file : `${line} 行目 / line ${line}`;
  const where = more === undefined ? at : `${file}（TPM +${more} 行 / lines）`;
  print(json, { whole: false, why, line, more, ...words }, () => linesAt(where, words), process.stderr);
  return why === 'unreadable' ? exitCode.badUsage : exitCode.failed;
}

/** Lists the boots, then each record with an untrusted time, with its true time if that can be derived. */
function formatTimes({ boots, untrusted, unmarked }: Times): string {
  const lines = [
    ...(unmarked > 0 ? [`${unmarked} 件は起動の回数なし / ${unmarked} records without a boot number`] : []),
    ...boots.map(({ boot, records, first, last, untrusted }) => {
      const untrustedPart =
        untrusted > 0 ? `（時刻 未確認 ${untrusted} 件 / ${untrusted} with an untrusted time）` : '';
      return `起動 ${boot} / boot ${boot}: ${records} 件 / records  ${first} – ${last}${untrustedPart}`;
    }),
    ...untrusted.map(({ number, endedAt, likely }) => {
      const likelyPart = likely === undefined ? '' : `、実際は / truly ${likely}`;
      return `時刻 未確認 / untrusted time: ${number} (${endedAt}${likelyPart})`;
    }),
  ];
  return lines.map((line) => `  ${line}\n`).join('');
}
