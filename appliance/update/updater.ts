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

/** Milliseconds: each bundle of a slow stick is looked at for up to a minute. */
const patience = 120_000;

export type Look =
  | { readonly is: 'nothing' }
  | { readonly is: 'found'; readonly version: Version }
  | { readonly is: 'refused'; readonly why: UpdateFault };

/** An update that was installed, to be started with the clerk's consent. */
export type Installed = { restart(): Promise<Result<undefined, UpdateFault>>; close(): void };

type Asking = Exclude<Request, { do: 'cancel' }>;
type Answer = Exclude<Message, { is: 'progress' }>;
type Connection = Line<Request, Message>;

/** The core's hold on the program that installs updates. */
export class Updater {
  readonly #socket: string | undefined;

  /** @param socket where systemd starts it for each connection; without one it is this process's child */
  constructor(socket: string | undefined) {
    this.#socket = socket;
  }

  /** Looks for a stick with a bundle on it. */
  async look(): Promise<Look> {
    const said = await this.#once({ do: 'look' });
    switch (said?.is) {
      case 'nothing':
      case 'found':
      case 'refused':
        return said;
      default:
        return { is: 'refused', why: 'no-answer' };
    }
  }

  /** How the last update stands; undefined where there is nothing to say of one. */
  async trial(): Promise<Trial | undefined> {
    const said = await this.#once({ do: 'status' });
    return said?.is === 'status' ? said.trial : undefined;
  }

  /** The clerk has read that the box returned. */
  async forget(): Promise<void> {
    await this.#once({ do: 'forget' });
  }

  /** Installs the version that was agreed to; `signal` stops it while nothing is written. */
  async install(
    version: Version,
    tell: (progress: Progress) => void,
    signal: AbortSignal,
  ): Promise<Result<Installed, UpdateFault | 'cancelled'>> {
    const line = this.#begin();
    const cancel = () => line.say({ do: 'cancel' });
    signal.addEventListener('abort', cancel);
    const said = await line.ask({ do: 'install', version }, undefined, ({ fraction, writing }) => {
      if (!signal.aborted || writing) tell({ fraction, writing });
    });
    signal.removeEventListener('abort', cancel);
    if (said?.is === 'installed') return ok(installed(line));
    line.close();
    if (said?.is === 'cancelled') return err('cancelled');
    return err(said?.is === 'refused' || said?.is === 'failed' ? said.why : 'no-answer');
  }

  #begin(): Connection {
    const door = doorTo(this.#socket, fileOf('update/main'));
    return new Line(door, message, longestLine);
  }

  async #once(request: Asking): Promise<Answer | undefined> {
    const line = this.#begin();
    const said = await line.ask(request, patience);
    line.close();
    return said;
  }
}

function installed(line: Connection): Installed {
  return {
    async restart() {
      const said = await line.ask({ do: 'restart' }, patience);
      line.close();
      return said?.is === 'restarting' ? ok() : err('restart-failed');
    },
    close: () => line.close(),
  };
}
