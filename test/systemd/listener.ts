import assert from 'node:assert/strict';
import { closeSync } from 'node:fs';

import koffi from 'koffi';

import { until } from '../../hardware-tests/counter/until.js';

// <sys/socket.h>
const [AF_UNIX, SOCK_DGRAM, MSG_DONTWAIT] = [1, 2, 0x40];

const libc = koffi.load(null);
const socket = libc.func('int socket(int, int, int)') as (...args: number[]) => number;
const bind = libc.func('int bind(int fd, const void *address, uint32_t length)') as (
  fd: number,
  address: Buffer,
  length: number,
) => number;
const recv = libc.func('intptr_t recv(int fd, _Out_ void *data, uintptr_t length, int flags)') as (
  fd: number,
  data: Buffer,
  length: number,
  flags: number,
) => number;

/** A datagram socket as systemd listens on, at a path or, after an `@`, an abstract name. */
export class Listener {
  readonly #fd: number;

  constructor(name: string) {
    this.#fd = socket(AF_UNIX, SOCK_DGRAM, 0);
    const bytes = Buffer.from(name.startsWith('@') ? `\0${name.slice(1)}` : `${name}\0`);
    const address = Buffer.concat([Buffer.from(Uint16Array.of(AF_UNIX).buffer), bytes]);
    assert.equal(bind(this.#fd, address, address.length), 0);
  }

  /** What was said since, datagram by datagram. */
  heard(): string[] {
    const said: string[] = [];
    const data = Buffer.alloc(4096);
    for (;;) {
      const length = recv(this.#fd, data, data.length, MSG_DONTWAIT);
      if (length < 0) return said;
      said.push(data.toString('utf8', 0, length));
    }
  }

  /** Waits until this was said, and answers with all that was said up to then. */
  async hear(what: RegExp): Promise<string[]> {
    const said: string[] = [];
    const isSaid = () => {
      said.push(...this.heard());
      return said.some((each) => what.test(each));
    };
    await until(String(what), isSaid, { seen: () => said });
    return said;
  }

  close(): void {
    closeSync(this.#fd);
  }
}
