import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import type { z } from 'zod';

import { readLines, toLine } from '../lines.js';
import type { Result } from '../result.js';

type News<Message> = Extract<Message, { is: 'progress' }>;
type Answer<Message> = Exclude<Message, { is: 'progress' }>;

/** One connection to a program apart from the core: what is asked, and the answers to it. */
export class Line<Request, Message extends { readonly is: string }> {
  readonly #door: Duplex;
  readonly #answers: AsyncIterator<Result<Message, unknown>>;

  /** @param longest of a line that is listened to, in bytes */
  constructor(door: Duplex, message: z.ZodType<Message>, longest: number) {
    this.#door = door;
    door.on('error', () => undefined);
    this.#answers = readLines(door, message, longest);
  }

  say(request: Request): void {
    this.#door.write(toLine(request));
  }

  /**
   * The answer; undefined where the line went dead, or nonsense came.
   *
   * @param patience milliseconds that are waited from one sign of life to the next; for ever without it
   * @param tell what comes before the answer
   */
  async ask(
    request: Request,
    patience?: number,
    tell?: (progress: News<Message>) => void,
  ): Promise<Answer<Message> | undefined> {
    this.say(request);
    try {
      for (;;) {
        const next = await within(patience, this.#answers.next());
        if (!next || next.done || !next.value.ok) return undefined;
        const said = next.value.value;
        if (said.is !== 'progress') return said as Answer<Message>;
        tell?.(said as News<Message>);
      }
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#door.destroy();
  }
}

/** What comes in time; undefined where nothing does. */
async function within<T>(patience: number | undefined, coming: Promise<T>): Promise<T | undefined> {
  if (patience === undefined) return coming;
  const come = new AbortController();
  const late = wait(patience, undefined, { ref: false, signal: come.signal }).catch(() => undefined);
  try {
    return await Promise.race([coming, late]);
  } finally {
    come.abort();
  }
}

/** The way to such a program: the socket where systemd starts it, or, without one, a child of this process. */
export function doorTo(socket: string | undefined, program: string): Duplex {
  return socket === undefined ? child(program) : connect(socket);
}

function child(program: string): Duplex {
  // Ctrl-C at a terminal reaches whoever asked, who lets it finish; not the program, which would leave a stick mounted.
  const started = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const door = Duplex.from({ writable: started.stdin, readable: started.stdout });
  started.on('error', () => door.destroy());
  // It ends by itself when nobody asks any more.
  started.unref();
  return door;
}
