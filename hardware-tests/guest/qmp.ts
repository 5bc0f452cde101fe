import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';

import * as z from 'zod';

import { readLines, toLine } from '../../appliance/json-lines.js';
import { until } from '../counter/until.js';
import { within } from '../within.js';
import { qemuTimeoutMs } from './timeouts.js';

/** In bytes, far above any line that the commands used here are answered with. */
const maxLine = 1024 * 1024;

/** A line of QEMU: the answer to a command, or an event (QEMU Machine Protocol Specification, 2.4 and 2.5). */
const reply = z.union([
  z.object({ return: z.unknown() }),
  z.object({ error: z.object({ desc: z.string() }) }),
  z.object({ event: z.string(), data: z.record(z.string(), z.unknown()).optional() }),
  z.object({ QMP: z.unknown() }),
]);
type Reply = z.infer<typeof reply>;

/** Connects to a socket of QEMU, which appears soon after QEMU has started. */
export function connectQemu(path: string, isOff: () => boolean): Promise<Socket> {
  const open = async () => {
    const socket = connect(path);
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    if (isOpen) return socket;
    if (isOff()) throw new Error('QEMU did not start');
    return undefined;
  };
  return until(`QEMU's socket ${path}`, open, { timeoutMs: qemuTimeoutMs, intervalMs: 50 });
}

/** QEMU's monitor. It executes one command at a time. */
export class Monitor {
  readonly #socket: Socket;
  readonly #closed: Promise<Reply>;
  #answer: (reply: Reply) => void = () => undefined;
  readonly #events = new EventEmitter<{ event: [string, Record<string, unknown>] }>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    this.#closed = once(socket, 'close').then(() => ({ error: { desc: 'the box went off' } }));
    void this.#listen().catch(() => undefined);
  }

  static async connect(path: string, isOff: () => boolean): Promise<Monitor> {
    const monitor = new Monitor(await connectQemu(path, isOff));
    await monitor.execute('qmp_capabilities');
    return monitor;
  }

  /** Executes a command; throws with QEMU's own message where it is refused. */
  execute(command: string, args: object = {}): Promise<void> {
    const done = this.#last.then(async () => {
      const answer = new Promise<Reply>((resolve) => (this.#answer = resolve));
      this.#socket.write(toLine({ execute: command, arguments: args }));
      const first = await within(
        `QEMU's answer to ${command}`,
        qemuTimeoutMs,
        Promise.race([answer, this.#closed]),
      );
      if ('error' in first) throw new Error(`${command}: ${first.error.desc}`);
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Settles when the device has been removed from the machine. */
  deviceRemoved(id: string): Promise<void> {
    const removed = new Promise<void>((resolve) => {
      const stop = this.on('DEVICE_DELETED', ({ device }) => {
        if (device !== id) return;
        stop();
        resolve();
      });
    });
    return within(`the removal of ${id}`, qemuTimeoutMs, removed);
  }

  /** Settles with the next event of a name. Its caller limits the wait. */
  next(name: string): Promise<Record<string, unknown>> {
    return new Promise((resolve) => {
      const stop = this.on(name, (data) => {
        stop();
        resolve(data);
      });
    });
  }

  /** Listens for events of a name, until the returned function is called. */
  on(name: string, handler: (data: Record<string, unknown>) => void): () => void {
    const listener = (event: string, data: Record<string, unknown>) => {
      if (event === name) handler(data);
    };
    this.#events.on('event', listener);
    return () => this.#events.off('event', listener);
  }

  async #listen(): Promise<void> {
    for await (const line of readLines(this.#socket, reply, maxLine)) {
      if (!line.ok) throw new Error('QEMU sent a line that does not parse');
      const received = line.value;
      if ('event' in received) this.#events.emit('event', received.event, received.data ?? {});
      else if (!('QMP' in received)) this.#answer(received);
    }
  }
}
