import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

import type { z } from 'zod';

import { readLines, toLine } from '../json-lines.js';
import type { Result } from '../result.js';

type Progress<Message> = Extract<Message, { is: 'progress' }>;
type Answer<Message> = Exclude<Message, { is: 'progress' }>;

/** A connection to a program of its own: sends requests, one JSON object per line, and reads the answers. */
export class ProgramConnection<Request, Message extends { readonly is: string }> {
  readonly #stream: Duplex;
  readonly #answers: AsyncIterator<Result<Message, unknown>>;

  /** @param longest line that is accepted, in bytes */
  constructor(stream: Duplex, message: z.ZodType<Message>, longest: number) {
    this.#stream = stream;
    stream.on('error', () => undefined);
    this.#answers = readLines(stream, message, longest);
  }

  send(request: Request): void {
    this.#stream.write(toLine(request));
  }

  /**
   * Sends a request and reads the answer; undefined on timeout, a lost connection or a protocol error.
   *
   * @param timeoutMs longest silence before the answer and between reports of progress; none by default
   * @param report receives the progress
   */
  async request(
    request: Request,
    timeoutMs?: number,
    report?: (progress: Progress<Message>) => void,
  ): Promise<Answer<Message> | undefined> {
    this.send(request);
    try {
      for (;;) {
        const next = await within(timeoutMs, this.#answers.next());
        if (!next || next.done || !next.value.ok) return undefined;
        const received = next.value.value;
        if (received.is !== 'progress') return received as Answer<Message>;
        report?.(received as Progress<Message>);
      }
    } catch {
      return undefined;
    }
  }

  close(): void {
    this.#stream.destroy();
  }
}

/** The value, or undefined on timeout. */
async function within<T>(timeoutMs: number | undefined, value: Promise<T>): Promise<T | undefined> {
  if (timeoutMs === undefined) return value;
  const controller = new AbortController();
  const { signal } = controller;
  const timeout = wait(timeoutMs, undefined, { ref: false, signal }).catch(() => undefined);
  try {
    return await Promise.race([value, timeout]);
  } finally {
    controller.abort();
  }
}

/** Connects to such a program: at the socket of its systemd unit, or without one by starting a child process. */
export function connectToProgram(socket: string | undefined, program: string): Duplex {
  return socket === undefined ? startChild(program) : connect(socket);
}

function startChild(program: string): Duplex {
  // Detached, so that Ctrl-C at a terminal reaches only the caller. The program must live on to unmount the stick.
  const child = spawn(process.execPath, [program], { stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const stream = Duplex.from({ writable: child.stdin, readable: child.stdout });
  child.on('error', () => stream.destroy());
  // It exits by itself when the connection closes.
  child.unref();
  return stream;
}
