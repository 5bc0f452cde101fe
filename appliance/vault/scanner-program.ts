import { type ChildProcess, spawn } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';

import { fileOf } from '../installation.js';
import { readLines, toLine } from '../json-lines.js';
import { linesFd, samplesFd } from '../scanner/descriptors.js';
import { longestLine, type ScannerMessage, scannerMessage, type ScannerTask } from '../scanner/protocol.js';

/** In milliseconds. A driver's longest call has a timeout of 90 s (`scanner/sane/sane.ts`). */
const longestSilence = 100_000;

/** The program that loads a scanner's driver, for one list or one scan. */
export type ScannerProgram = {
  /** What it says, the end included: `failed` if it dies, is silent, or says what it must not. */
  readonly messages: AsyncIterable<ScannerMessage>;
  /** The samples of a page that it announced. */
  readonly samples: Readable;
  /** Kills it; what it left behind is not its process. */
  kill(): void;
};

/**
 * Starts the program, a child of this process and in its process group.
 *
 * @param signal asks the program to cancel its scan
 * @returns undefined if no process can be started
 */
export function startScannerProgram(task: ScannerTask, signal?: AbortSignal): ScannerProgram | undefined {
  const child = spawn(process.execPath, [fileOf('scanner/main')], {
    cwd: '/',
    // A driver's output is discarded, since it might contain part of a picture.
    stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'],
  });
  child.on('error', () => undefined);
  if (child.pid === undefined) return undefined;
  const lines = connectionOf(child, linesFd);
  const samples = connectionOf(child, samplesFd);
  lines.write(toLine(task));
  const cancel = () => lines.write(toLine({ do: 'cancel' }));
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  return {
    messages: messagesFrom(lines, samples),
    samples,
    kill: () => {
      signal?.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
    },
  };
}

/** Its errors are those of a program that ended, which the end of its messages shows. */
function connectionOf(child: ChildProcess, descriptor: number): Duplex {
  const connection = child.stdio[descriptor] as Duplex;
  connection.on('error', () => undefined);
  return connection;
}

/** What a program says on its lines; whatever happens, `failed` is the end. A silence ends both sockets. */
export async function* messagesFrom(
  lines: Readable,
  samples: Readable,
  silence = longestSilence,
): AsyncGenerator<ScannerMessage> {
  const givenUp = new AbortController();
  const timer = setTimeout(() => {
    givenUp.abort();
    lines.destroy();
    samples.destroy();
  }, silence);
  try {
    for await (const line of readLines(lines, scannerMessage, longestLine)) {
      if (!line.ok) break;
      timer.refresh();
      yield line.value;
    }
  } catch {
    // It ended with unread requests, or was given up.
  } finally {
    clearTimeout(timer);
    samples.destroy();
  }
  yield { is: 'failed', fault: givenUp.signal.aborted ? 'scanner-stalled' : 'scanner-failed' };
}
