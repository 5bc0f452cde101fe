import { existsSync } from 'node:fs';

import { recordFileIn, stateFolder } from '../core/state-folder.js';
import { Exporter } from '../export/exporter.js';
import { recordsToGo } from '../export/outgoing.js';
import type { ExportFault } from '../export/protocol.js';
import type { Words } from '../panel/words/words.js';
import type { RecordsSnapshot } from '../record/snapshot.js';
import { notVerifiedWords } from '../record/words.js';
import { bilingualLines, inBothLanguages, linesAt } from '../panel/words/bilingual.js';
import { exportKeyIn } from '../settings/export-key.js';
import { tpmHere } from '../tpm/tpm.js';
import { findSettings } from '../settings/read.js';
import { exitCode } from './exit-code.js';
import { print } from './print.js';
import { abortOnSignal, percentPrinter } from './progress.js';

/**
 * Copies the records to a USB stick, encrypted where the settings name a key. Prints the name of the copy, who can read it,
 * and what is wrong with the records.
 *
 * @param given the record file; by default this machine's own
 */
export async function exportRecords(given: string | undefined, json: boolean): Promise<number> {
  if (given !== undefined && !existsSync(given)) return noSuchFile(given, json);
  const signal = abortOnSignal();
  const folder = stateFolder();
  const file = given ?? recordFileIn(folder);
  const key = exportKeyIn(await findSettings(folder));
  if (!key.ok) return notExported(key.error, file, json);
  const toGo = await recordsToGo(file, { folder, tpm: tpmHere() }, key.value);
  if (!toGo.ok) return notExported(toGo.error, file, json);
  const { records, outgoing } = toGo.value;
  const exporter = new Exporter(process.env.TERASHI_EXPORT_SOCKET);
  const copied = await exporter.copy(outgoing, json ? () => undefined : percentPrinter(), signal);
  if (!copied.ok) return notExported(copied.error, file, json);
  return exported(copied.value, records, key.value !== undefined, json);
}

function exported(
  name: string,
  { count, broken }: RecordsSnapshot,
  encrypted: boolean,
  json: boolean,
): number {
  const wrong = broken && { ...broken, ...notVerifiedWords[broken.why] };
  const told = { exported: true, name, encrypted, whole: !wrong, count };
  print(json, { ...told, ...(wrong ? { broken: wrong } : {}) }, () => {
    const [ja, en] = wrong ? ['', ''] : [`：${count} 件`, `: ${count} records`];
    return (
      `取り出しました${ja} / exported${en}\n  ${name}\n` +
      '  USBメモリーを抜いてかまいません / the USB stick may be unplugged\n'
    );
  });
  if (!encrypted && !json) process.stderr.write(readableWords);
  if (wrong && !json) process.stderr.write(linesAt(`${wrong.line} 行目 / line ${wrong.line}`, wrong));
  return wrong ? exitCode.incomplete : exitCode.done;
}

const readableWords =
  '  暗号にしていません。だれでも読めます。暗号にするには terashi keys で鍵を作り、設定に書いてください\n' +
  '  Not encrypted: anybody can read it. To encrypt, make keys with terashi keys and name them in the settings\n';

/** A mistyped name is bad usage: it does not mean that there are no records. */
function noSuchFile(file: string, json: boolean): number {
  const [why, words] = ['unreadable', notVerifiedWords.unreadable] as const;
  print(json, { exported: false, why, file, ...words }, () => linesAt(file, words), process.stderr);
  return exitCode.badUsage;
}

function notExported(why: ExportFault | 'cancelled', file: string, json: boolean): number {
  if (why === 'cancelled') {
    const text = () => `${file}\nやめました / cancelled\n`;
    print(json, { exported: false, why, file }, text, process.stderr);
    return exitCode.failed;
  }
  const words = ({ recordsCopy }: Words) => recordsCopy.faults[why];
  const text = () => `${file}\n${bilingualLines(words)}`;
  print(json, { exported: false, why, file, ...inBothLanguages(words) }, text, process.stderr);
  return exitCode.failed;
}
