import { createHash } from 'node:crypto';

import { fileOf } from '../installation.js';
import { isSystemError } from '../record/fault.js';
import { err, ok, type Result } from '../result.js';
import { connectToProgram, ProgramConnection } from '../stick/program-connection.js';
import {
  type Answer,
  type Beside,
  type ExportFault,
  type Label,
  longestMessage,
  longestPiece,
  type Message,
  message,
  type ReportLabel,
  type Request,
} from './protocol.js';

/** Allows a slow stick to write a megabyte and its own cache, or to be unmounted and mounted again. */
const timeoutMs = 120_000;

/** Share of writing in the progress; the rest is reading back. */
const writingShare = 0.9;

/** What is copied: the records at one moment, or a report. */
export type Outgoing = {
  readonly label: Label;
  readonly bytes: number;
  readonly chunks: (longest: number) => AsyncIterable<Buffer> | Iterable<Buffer>;
  /** What lies beside it, once its sha256 is known, in hexadecimal. */
  readonly beside: (sha256: string) => Beside;
};

/** The records had not as many bytes as a moment before. */
export class OtherLength extends Error {}

/** The client of the program that writes the records to a stick. */
export class Exporter {
  readonly #socket: string | undefined;

  /** @param socket of the program's systemd unit; without one the program runs as a child process */
  constructor(socket: string | undefined) {
    this.#socket = socket;
  }

  /** Whether a stick is plugged in. */
  async look(): Promise<boolean> {
    const connection = this.#connect();
    const reply = await connection.request({ do: 'look' }, timeoutMs);
    connection.close();
    return reply?.is === 'stick';
  }

  /** Writes a report of a vendor's test to a stick, as the records are copied. Resolves to its name. */
  async saveReport(label: ReportLabel, text: string): Promise<Result<string, ExportFault | 'cancelled'>> {
    const bytes = Buffer.from(text);
    const chunks = (longest: number) => piecesOf(bytes, longest);
    const report = { label, bytes: bytes.length, chunks, beside: () => ({}) };
    return this.copy(report, () => undefined, new AbortController().signal);
  }

  /**
   * Writes the records to a stick. Resolves to the name of the copy.
   *
   * @param report receives the progress, 0 to 1
   * @param signal aborts the copy and deletes what was written, until everything is sent
   */
  async copy(
    { label, bytes, chunks, beside }: Outgoing,
    report: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<Result<string, ExportFault | 'cancelled'>> {
    const connection = this.#connect();
    const ask = async (request: Request): Promise<Result<Answer, ExportFault | 'cancelled'>> => {
      const reply = await connection.request(
        signal.aborted ? { do: 'cancel' } : request,
        timeoutMs,
        ({ fraction }) => report(writingShare + (1 - writingShare) * fraction),
      );
      if (reply?.is === 'cancelled') return err('cancelled');
      return reply && reply.is !== 'failed' ? ok(reply) : err(reply?.why ?? 'no-answer');
    };
    try {
      let reply = await ask({ do: 'begin', label, bytes });
      const hash = createHash('sha256');
      let sent = 0;
      for await (const piece of chunks(longestPiece)) {
        if (!reply.ok) return reply;
        if (reply.value.is !== 'ready') return err('no-answer');
        report((writingShare * sent) / bytes);
        hash.update(piece);
        reply = await ask({ do: 'piece', base64: piece.toString('base64') });
        sent += piece.length;
      }
      if (!reply.ok) return reply;
      report(writingShare);
      const sha256 = hash.digest('hex');
      reply = await ask({ do: 'finish', sha256, beside: beside(sha256) });
      if (!reply.ok) return reply;
      return reply.value.is === 'done' ? ok(reply.value.name) : err('no-answer');
    } catch (error) {
      if (!isSystemError(error) && !(error instanceof OtherLength)) throw error;
      return err('records-unreadable');
    } finally {
      connection.close();
    }
  }

  #connect(): ProgramConnection<Request, Message> {
    return new ProgramConnection(
      connectToProgram(this.#socket, fileOf('export/main')),
      message,
      longestMessage,
    );
  }
}

/** The bytes in pieces of at most so many. */
export function* piecesOf(bytes: Buffer, longest: number): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += longest) yield bytes.subarray(at, at + longest);
}
