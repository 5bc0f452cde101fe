import { fileOf } from '../installation.js';
import { err, ok, type Result } from '../result.js';
import { connectToProgram, ProgramConnection } from '../stick/program-connection.js';
import {
  longestLine,
  message,
  type Message,
  type Progress,
  type Request,
  type Trial,
  type UpdateFault,
} from './protocol.js';
import type { VendorFault } from '../protocol/vendor.js';
import type { Token } from '../vendor/token.js';
import type { Version } from './version.js';

/** Looking at bundles takes a minute and a half at most, and verifying the last of them another minute. */
const timeoutMs = 180_000;

export type CheckResult =
  | { readonly is: 'nothing' }
  | { readonly is: 'found'; readonly version: Version }
  | { readonly is: 'refused'; readonly why: UpdateFault }
  | { readonly is: 'token'; readonly token: Token }
  | { readonly is: 'token-refused'; readonly why: VendorFault };

/** An installed update, which a restart with the clerk's consent will start. */
export type Installed = { restart(): Promise<Result<undefined, UpdateFault>>; close(): void };

type AnsweredRequest = Exclude<Request, { do: 'cancel' }>;
type Answer = Exclude<Message, { is: 'progress' }>;
type Connection = ProgramConnection<Request, Message>;

/** The client of the program that installs updates. */
export class Updater {
  readonly #socket: string | undefined;

  /** @param socket of the program's systemd unit; without one the program runs as a child process */
  constructor(socket: string | undefined) {
    this.#socket = socket;
  }

  /** Checks whether a stick has an update, or a vendor's token. */
  async check(): Promise<CheckResult> {
    const reply = await this.#once({ do: 'look' });
    switch (reply?.is) {
      case 'nothing':
      case 'found':
      case 'refused':
      case 'token':
      case 'token-refused':
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
    const connection = this.#connect();
    const cancel = () => connection.send({ do: 'cancel' });
    signal.addEventListener('abort', cancel);
    const reply = await connection.request({ do: 'install', version }, undefined, ({ fraction, writing }) => {
      if (!signal.aborted || writing) report({ fraction, writing });
    });
    signal.removeEventListener('abort', cancel);
    if (reply?.is === 'installed') return ok(installed(connection));
    connection.close();
    if (reply?.is === 'cancelled') return err('cancelled');
    return err(reply?.is === 'refused' || reply?.is === 'failed' ? reply.why : 'no-answer');
  }

  #connect(): Connection {
    const door = connectToProgram(this.#socket, fileOf('update/main'));
    return new ProgramConnection(door, message, longestLine);
  }

  async #once(request: AnsweredRequest): Promise<Answer | undefined> {
    const connection = this.#connect();
    const reply = await connection.request(request, timeoutMs);
    connection.close();
    return reply;
  }
}

function installed(connection: Connection): Installed {
  return {
    async restart() {
      const reply = await connection.request({ do: 'restart' }, timeoutMs);
      connection.close();
      return reply?.is === 'restarting' ? ok() : err('restart-failed');
    },
    close: () => connection.close(),
  };
}
