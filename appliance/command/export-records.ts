import { existsSync } from 'node:fs';

import { recordFileIn, stateFolder } from '../core/state-folder.js';
import { Exporter } from '../export/exporter.js';
import type { ExportFault } from '../export/protocol.js';
import type { Words } from '../panel/words/words.js';
import { snapshotRecords, type RecordsSnapshot } from '../record/snapshot.js';
import { notVerifiedWords } from '../record/words.js';
import { bilingualLines, inBothLanguages, linesAt } from '../panel/words/bilingual.js';
import { exitCode } from './exit-code.js';
import { print } from './print.js';
import { abortOnSignal, percentPrinter } from './progress.js';

/**
 * Copies the records to a USB stick. Prints the name of the copy, and what is wrong with the records.
 *
 * @param given the record file; by default this machine's own
 */
export async function exportRecords(given: string | undefined, json: boolean): Promise<number> {
  if (given !== undefined && !existsSync(given)) return noSuchFile(given, json);
  const signal = abortOnSignal();
  const file = given ?? recordFileIn(stateFolder());
  const records = await snapshotRecords(file);
  if (!records.ok) return notExported(records.error, file, json);
  const exporter = new Exporter(process.env.TERASHI_EXPORT_SOCKET);
  const copied = await exporter.copy(records.value, json ? () => undefined : percentPrinter(), signal);
  return copied.ok ? exported(copied.value, records.value, json) : notExported(copied.error, file, json);
}

function exported(name: string, { count, broken }: RecordsSnapshot, json: boolean): number {
  const wrong = broken && { ...broken, ...notVerifiedWords[broken.why] };
  print(json, { exported: true, name, whole: !wrong, count, ...(wrong ? { broken: wrong } : {}) }, () => {
    const [ja, en] = wrong ? ['', ''] : [`：${count} 件`, `: ${count} records`];
    return (
      `取り出しました${ja} / exported${en}\n  ${name}\n` +
      '  USBメモリーを抜いてかまいません / the USB stick may be unplugged\n'
    );
  });
  if (wrong && !json) process.stderr.write(linesAt(`${wrong.line} 行目 / line ${wrong.line}`, wrong));
  return wrong ? exitCode.incomplete : exitCode.done;
}

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
