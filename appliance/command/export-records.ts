import { Exporter } from '../export/exporter.js';
import type { ExportFault } from '../export/protocol.js';
import { outgoing, type Outgoing } from '../record/outgoing.js';
import { notVerifiedWords } from '../record/words.js';
import { exitCode } from './command.js';
import { inBoth, linesInBoth } from './in-both.js';

/** Copies the records to a USB stick that is plugged in, and says under which name, and what is wrong with them. */
export async function exportRecords(file: string, json: boolean): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  const records = await outgoing(file);
  if (!records.ok) return notExported(records.error, json);
  let told = -1;
  const tell = (fraction: number): void => {
    const percent = Math.floor(fraction * 100);
    if (percent > told && !json) process.stderr.write(`${(told = percent)} %\n`);
  };
  const exporter = new Exporter(process.env.TERASHI_EXPORT_SOCKET);
  const copied = await exporter.copy(records.value, tell, stop.signal);
  return copied.ok ? exported(copied.value, records.value, json) : notExported(copied.error, json);
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
    if (wrong)
      process.stderr.write(`${wrong.line} 行目 / line ${wrong.line}\n  ${wrong.ja}\n  ${wrong.en}\n`);
  }
  return wrong ? exitCode.incomplete : exitCode.done;
}

function notExported(why: ExportFault | 'cancelled', json: boolean): number {
  const cancelled = why === 'cancelled';
  if (json) {
    const said = cancelled ? {} : inBoth(({ recordsCopy }) => recordsCopy.faults[why]);
    process.stdout.write(`${JSON.stringify({ exported: false, why, ...said })}\n`);
  } else {
    process.stderr.write(
      cancelled ? 'やめました / cancelled\n' : linesInBoth(({ recordsCopy }) => recordsCopy.faults[why]),
    );
  }
  return exitCode.failed;
}
