import { Exporter } from '../export/exporter.js';
import type { ExportFault } from '../export/protocol.js';
import { wordsIn } from '../panel/words/said.js';
import { outgoing, type Outgoing } from '../record/outgoing.js';
import { notVerifiedWords } from '../record/words.js';
import { exitCode } from './command.js';

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
  if (json) {
    const wrong = broken && { ...broken, ...notVerifiedWords[broken.why] };
    process.stdout.write(
      `${JSON.stringify({ exported: true, name, whole: !broken, count, ...(wrong ? { broken: wrong } : {}) })}\n`,
    );
  } else {
    process.stdout.write(
      `取り出しました${broken ? '' : `：${count} 件`} / exported${broken ? '' : `: ${count} records`}\n  ${name}\n` +
        '  USBメモリーを抜いてかまいません / the USB stick may be unplugged\n',
    );
    if (broken) {
      const { ja, en } = notVerifiedWords[broken.why];
      process.stderr.write(`${broken.line} 行目 / line ${broken.line}\n  ${ja}\n  ${en}\n`);
    }
  }
  return broken ? exitCode.incomplete : exitCode.done;
}

function notExported(why: ExportFault | 'cancelled', json: boolean): number {
  const [ja, en] =
    why === 'cancelled'
      ? [undefined, undefined]
      : [wordsIn.ja.recordsCopy.faults[why], wordsIn.en.recordsCopy.faults[why]];
  if (json) process.stdout.write(`${JSON.stringify({ exported: false, why, ja, en })}\n`);
  else if (!ja) process.stderr.write('やめました / cancelled\n');
  else {
    for (const { what, remedy } of [ja, en])
      process.stderr.write(`  ${what} ${remedy.replaceAll('\n', ' ')}\n`);
  }
  return exitCode.failed;
}
