import type { Socket } from 'node:net';

import { toLine } from '../json-lines.js';
import type { PanelSettings } from '../protocol/lights.js';

/** The connection to one panel. While it has not read its view, only the newest later view is queued. */
export class Panel {
  readonly #socket: Socket;
  readonly #readTimeoutMs: number;
  /** Whether it has sent a valid message. */
  hasSpoken = false;
  #readTimeout: NodeJS.Timeout | undefined;
  #next: string | undefined;

  /** @param readTimeoutMs drops it if it has not read a view by then */
  constructor(socket: Socket, readTimeoutMs: number) {
    this.#socket = socket;
    this.#readTimeoutMs = readTimeoutMs;
    socket.once('close', () => {
      clearTimeout(this.#readTimeout);
    });
  }

  show(line: string): void {
    if (this.#readTimeout) this.#next = line;
    else this.#write(line);
  }

  /** Not queued like views, of which only the newest is sent. */
  tell(settings: PanelSettings): void {
    this.#socket.write(toLine({ settings }));
  }

  drop(): void {
    this.#socket.destroy();
  }

  #write(line: string): void {
    this.#next = undefined;
    this.#readTimeout = setTimeout(() => {
      this.drop();
    }, this.#readTimeoutMs);
    this.#socket.write(line, () => {
      clearTimeout(this.#readTimeout);
      this.#readTimeout = undefined;
      if (this.#next !== undefined && !this.#socket.destroyed) this.#write(this.#next);
    });
  }
}
