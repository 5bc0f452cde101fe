import { EventEmitter, once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';

import * as z from 'zod';

import { readLines, toLine } from '../../appliance/lines.js';

/** Bytes: QEMU tells its whole scheme in no line of these. */
const longest = 1024 * 1024;

/** What QEMU says: the answer to a command, or what happened (QEMU Machine Protocol Specification, 2.4 and 2.5). */
const said = z.union([
  z.object({ return: z.unknown() }),
  z.object({ error: z.object({ desc: z.string() }) }),
  z.object({ event: z.string(), data: z.record(z.string(), z.unknown()).optional() }),
  z.object({ QMP: z.unknown() }),
]);
type Said = z.infer<typeof said>;

/** The monitor of an emulator, which does one command after another. */
export class Monitor {
  readonly #socket: Socket;
  readonly #closed: Promise<Said>;
  #answer: (said: Said) => void = () => undefined;
  readonly #events = new EventEmitter<{ happened: [string, Record<string, unknown>] }>();
  #last: Promise<unknown> = Promise.resolve();

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('error', () => undefined);
    this.#closed = once(socket, 'close').then(() => ({ error: { desc: 'the box went off' } }));
    void this.#listen().catch(() => undefined);
  }

  /** @param path QEMU's socket, which is there soon after it was started */
  static async at(path: string, isOff: () => boolean): Promise<Monitor> {
    for (;;) {
      const socket = connect(path);
      const open = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      if (open) {
        const monitor = new Monitor(socket);
        await monitor.do('qmp_capabilities');
        return monitor;
      }
      if (isOff()) throw new Error('QEMU did not start');
      await wait(50);
    }
  }

  /** Has a command done; throws with QEMU's own words where it cannot be. */
  do(execute: string, args: object = {}): Promise<void> {
    const done = this.#last.then(async () => {
      const answer = new Promise<Said>((resolve) => (this.#answer = resolve));
      this.#socket.write(toLine({ execute, arguments: args }));
      const heard = await Promise.race([answer, this.#closed]);
      if ('error' in heard) throw new Error(`${execute}: ${heard.error.desc}`);
    });
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Settles when the device is gone from the machine. */
  gone(device: string): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.on('DEVICE_DELETED', ({ device: which }) => {
        if (which !== device) return;
        stop();
        resolve();
      });
    });
  }

  /** Hears what happens by that name; what is answered ends that. */
  on(name: string, hear: (data: Record<string, unknown>) => void): () => void {
    const listener = (event: string, data: Record<string, unknown>) => {
      if (event === name) hear(data);
    };
    this.#events.on('happened', listener);
    return () => this.#events.off('happened', listener);
  }

  async #listen(): Promise<void> {
    for await (const line of readLines(this.#socket, said, longest)) {
      if (!line.ok) throw new Error('QEMU is not understood');
      const heard = line.value;
      if ('event' in heard) this.#events.emit('happened', heard.event, heard.data ?? {});
      else if (!('QMP' in heard)) this.#answer(heard);
    }
  }
}
