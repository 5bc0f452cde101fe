import { fileOf } from '../installation.js';
import { err, ok, type Result } from '../result.js';
import { doorTo, Line } from '../stick/line.js';
import {
  longestLine,
  message,
  type Message,
  type Progress,
  type Request,
  type Trial,
  type UpdateFault,
} from './protocol.js';
import type { Version } from './version.js';

/** Verifying a bundle on a slow stick takes up to a minute. */
const timeoutMs = 120_000;

export type Look =
  | { readonly is: 'nothing' }
  | { readonly is: 'found'; readonly version: Version }
  | { readonly is: 'refused'; readonly why: UpdateFault };

/** An installed update, which a restart with the clerk's consent will start. */
export type Installed = { restart(): Promise<Result<undefined, UpdateFault>>; close(): void };

type AnsweredRequest = Exclude<Request, { do: 'cancel' }>;
type Answer = Exclude<Message, { is: 'progress' }>;
type Connection = Line<Request, Message>;

/** The client of the program that installs updates. */
export class Updater {
  readonly #socket: string | undefined;

  /** @param socket of the program's systemd unit; without one the program runs as a child process */
  constructor(socket: string | undefined) {
    this.#socket = socket;
  }

  /** Looks for a bundle on a stick. */
  async look(): Promise<Look> {
    const reply = await this.#once({ do: 'look' });
    switch (reply?.is) {
      case 'nothing':
      case 'found':
      case 'refused':
        return reply;
      default:
        return { is: 'refused', why: 'no-answer' };
    }
  }

  /** The state of the last update, if it is of interest. */
  async trial(): Promise<Trial | undefined> {
    const reply = await this.#once({ do: 'status' });
    return reply?.is === 'status' ? reply.trial : undefined;
  }

  /** Call when the clerk has read that the box returned to its old version. */
  async forget(): Promise<void> {
    await this.#once({ do: 'forget' });
  }

  /** Installs the version that the clerk agreed to. `signal` stops it unless writing has begun. */
  async install(
    version: Version,
    report: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Result<Installed, UpdateFault | 'cancelled'>> {
    const line = this.#connect();
    const cancel = () => line.say({ do: 'cancel' });
    signal.addEventListener('abort', cancel);
    const reply = await line.ask({ do: 'install', version }, undefined, ({ fraction, writing }) => {
      if (!signal.aborted || writing) report({ fraction, writing });
    });
    signal.removeEventListener('abort', cancel);
    if (reply?.is === 'installed') return ok(installed(line));
    line.close();
    if (reply?.is === 'cancelled') return err('cancelled');
    return err(reply?.is === 'refused' || reply?.is === 'failed' ? reply.why : 'no-answer');
  }

  #connect(): Connection {
    const door = doorTo(this.#socket, fileOf('update/main'));
    return new Line(door, message, longestLine);
  }

  async #once(request: AnsweredRequest): Promise<Answer | undefined> {
    const line = this.#connect();
    const reply = await line.ask(request, timeoutMs);
    line.close();
    return reply;
  }
}

function installed(line: Connection): Installed {
  return {
    async restart() {
      const reply = await line.ask({ do: 'restart' }, timeoutMs);
      line.close();
      return reply?.is === 'restarting' ? ok() : err('restart-failed');
    },
    close: () => line.close(),
  };
}
