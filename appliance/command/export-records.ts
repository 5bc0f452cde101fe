import { existsSync } from 'node:fs';

import { recordFileIn, stateFolder } from '../core/state-folder.js';
import { Exporter } from '../export/exporter.js';
import type { ExportFault } from '../export/protocol.js';
import { outgoing, type Outgoing } from '../record/outgoing.js';
import { notVerifiedWords } from '../record/words.js';
import { exitCode } from './command.js';
import { inBoth, linesAt, linesInBoth } from './in-both.js';
import { percentSaid, stopBySignal } from './under-way.js';

/**
 * Copies the records to a USB stick that is plugged in, and says under which name, and what is wrong with them.
 *
 * @param given this machine's own records where no file is named
 */
export async function exportRecords(given: string | undefined, json: boolean): Promise<number> {
  if (given !== undefined && !existsSync(given)) return noSuchFile(given, json);
  const signal = stopBySignal();
  const file = given ?? recordFileIn(stateFolder());
  const records = await outgoing(file);
  if (!records.ok) return notExported(records.error, file, json);
  const exporter = new Exporter(process.env.TERASHI_EXPORT_SOCKET);
  const copied = await exporter.copy(records.value, json ? () => undefined : percentSaid(), signal);
  return copied.ok ? exported(copied.value, records.value, json) : notExported(copied.error, file, json);
}

function exported(name: string, { count, broken }: Outgoing, json: boolean): number {
  const wrong = broken && { ...broken, ...notVerifiedWords[broken.why] };
  if (json) {
    const result = { exported: true, name, whole: !wrong, count, ...(wrong ? { broken: wrong } : {}) };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else {
    const [ja, en] = wrong ? ['', ''] : [`：${count} 件`, `: ${count} records`];
    process.stdout.write(
      `取り出しました${ja} / exported${en}\n  ${name}\n` +
        '  USBメモリーを抜いてかまいません / the USB stick may be unplugged\n',
    );
    if (wrong) process.stderr.write(linesAt(`${wrong.line} 行目 / line ${wrong.line}`, wrong));
  }
  return wrong ? exitCode.incomplete : exitCode.done;
}

/** A name that was mistyped is not to be taken for records that are not there. */
function noSuchFile(file: string, json: boolean): number {
  const [why, words] = ['unreadable', notVerifiedWords.unreadable] as const;
  if (json) process.stdout.write(`${JSON.stringify({ exported: false, why, file, ...words })}\n`);
  else process.stderr.write(linesAt(file, words));
  return exitCode.badUsage;
}

function notExported(why: ExportFault | 'cancelled', file: string, json: boolean): number {
  const cancelled = why === 'cancelled';
  if (json) {
    const said = cancelled ? {} : inBoth(({ recordsCopy }) => recordsCopy.faults[why]);
    process.stdout.write(`${JSON.stringify({ exported: false, why, file, ...said })}\n`);
  } else {
    const said = cancelled
      ? 'やめました / cancelled\n'
      : linesInBoth(({ recordsCopy }) => recordsCopy.faults[why]);
    process.stderr.write(`${file}\n${said}`);
  }
  return exitCode.failed;
}
