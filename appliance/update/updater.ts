import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import { readLines, toLine } from '../lines.js';
import { err, ok, type Result } from '../result.js';
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

/** The core's hold on the program that installs updates. */
export class Updater {
  readonly #open: () => Duplex;

  /** @param socket where systemd starts it for each connection; without one it is this process's child */
  constructor(socket: string | undefined) {
    this.#open = () => (socket === undefined ? child() : connect(socket));
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
    const line = new Line(this.#open());
    const cancel = () => line.say({ do: 'cancel' });
    signal.addEventListener('abort', cancel);
    const said = await line.ask({ do: 'install', version }, (progress) => {
      if (!signal.aborted || progress.writing) tell(progress);
    });
    signal.removeEventListener('abort', cancel);
    if (said?.is === 'installed') return ok(installed(line));
    line.close();
    if (said?.is === 'cancelled') return err('cancelled');
    return err(said?.is === 'refused' || said?.is === 'failed' ? said.why : 'no-answer');
  }

  async #once(request: Asking): Promise<Message | undefined> {
    const line = new Line(this.#open());
    const said = await Promise.race([line.ask(request), wait(patience, undefined, { ref: false })]);
    line.close();
    return said;
  }
}

function installed(line: Line): Installed {
  return {
    async restart() {
      const said = await Promise.race([
        line.ask({ do: 'restart' }),
        wait(patience, undefined, { ref: false }),
      ]);
      line.close();
      return said?.is === 'restarting' ? ok() : err('restart-failed');
    },
    close: () => line.close(),
  };
}

/** One connection: what is asked, and the answers to it. */
class Line {
  readonly #door: Duplex;
  readonly #answers: AsyncIterator<Result<Message, unknown>>;

  constructor(door: Duplex) {
    this.#door = door;
    door.on('error', () => undefined);
    this.#answers = readLines(door, message, longestLine);
  }

  say(request: Request): void {
    this.#door.write(toLine(request));
  }

  /** The answer; undefined where the line went dead, or nonsense came. */
  async ask(request: Asking, tell?: (progress: Progress) => void): Promise<Message | undefined> {
    this.say(request);
    try {
      for (;;) {
        const next = await this.#answers.next();
        if (next.done || !next.value.ok) return undefined;
        const said = next.value.value;
        if (said.is !== 'progress') return said;
        tell?.({ fraction: said.fraction, writing: said.writing });
      }
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#door.destroy();
  }
}

function child(): Duplex {
  const program = spawn(process.execPath, [join(import.meta.dirname, 'main.js')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const door = Duplex.from({ writable: program.stdin, readable: program.stdout });
  program.on('error', () => door.destroy());
  // It ends by itself when nobody asks any more.
  program.unref();
  return door;
}
