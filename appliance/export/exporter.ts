import { createHash } from 'node:crypto';

import { fileOf } from '../installation.js';
import { isSystemError } from '../record/fault.js';
import type { Outgoing } from '../record/outgoing.js';
import { err, ok, type Result } from '../result.js';
import { doorTo, Line } from '../stick/line.js';
import {
  type Answer,
  type ExportFault,
  longestMessage,
  longestPiece,
  type Message,
  message,
  type Request,
} from './protocol.js';

/** Milliseconds: a slow stick writes a megabyte, and what a piece before left in its memory, or is let go and taken anew. */
const patience = 120_000;

/** Of the way: the rest is to read it back. */
const writing = 0.9;

/** The core's hold on the program that writes the records to a stick. */
export class Exporter {
  readonly #socket: string | undefined;

  /** @param socket where systemd starts it for each connection; without one it is this process's child */
  constructor(socket: string | undefined) {
    this.#socket = socket;
  }

  /** Whether a stick is plugged in. */
  async look(): Promise<boolean> {
    const line = this.#begin();
    const said = await line.ask({ do: 'look' }, patience);
    line.close();
    return said?.is === 'stick';
  }

  /**
   * Has the records written to a stick, under a name that it answers with.
   *
   * @param tell how far it has come, 0 to 1
   * @param signal stops it, and has what was written taken away, until all is handed over
   */
  async copy(
    { label, bytes, pieces }: Pick<Outgoing, 'label' | 'bytes' | 'pieces'>,
    tell: (fraction: number) => void,
    signal: AbortSignal,
  ): Promise<Result<string, ExportFault | 'cancelled'>> {
    const line = this.#begin();
    const ask = async (request: Request): Promise<Result<Answer, ExportFault | 'cancelled'>> => {
      const said = await line.ask(signal.aborted ? { do: 'cancel' } : request, patience, ({ fraction }) =>
        tell(writing + (1 - writing) * fraction),
      );
      if (said?.is === 'cancelled') return err('cancelled');
      return said && said.is !== 'failed' ? ok(said) : err(said?.why ?? 'no-answer');
    };
    try {
      let said = await ask({ do: 'begin', label, bytes });
      const hash = createHash('sha256');
      let handedOver = 0;
      for await (const piece of pieces(longestPiece)) {
        if (!said.ok) return said;
        if (said.value.is !== 'ready') return err('no-answer');
        tell((writing * handedOver) / bytes);
        hash.update(piece);
        said = await ask({ do: 'piece', base64: piece.toString('base64') });
        handedOver += piece.length;
      }
      if (!said.ok) return said;
      tell(writing);
      said = await ask({ do: 'finish', sha256: hash.digest('hex') });
      if (!said.ok) return said;
      return said.value.is === 'done' ? ok(said.value.name) : err('no-answer');
    } catch (error) {
      if (!isSystemError(error)) throw error;
      return err('records-unreadable');
    } finally {
      line.close();
    }
  }

  #begin(): Line<Request, Message> {
    return new Line(doorTo(this.#socket, fileOf('export/main')), message, longestMessage);
  }
}
