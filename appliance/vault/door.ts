import { Socket } from 'node:net';

import { readLines, toLine } from '../lines.js';
import { aliveEvery, longestLine, type Message, request, type Request } from '../protocol/vault.js';

/** The vault's end of its only connection. */
export type Door = {
  readonly requests: AsyncGenerator<Request>;
  readonly tell: (message: Message) => void;
};

/** The descriptor on which systemd (sd_listen_fds(3)) and the core pass the connection. */
const connectionFd = 3;

/** Opens the connection, and sends `alive` at regular intervals from now on. */
export function openDoor(): Door {
  const socket = new Socket({ fd: connectionFd });
  // The end of the requests shows that the core is gone.
  socket.on('error', () => undefined);
  const tell = (message: Message) => {
    if (socket.writable) socket.write(toLine(message));
  };
  setInterval(() => tell({ is: 'alive' }), aliveEvery);
  return { tell, requests: requestsFrom(socket) };
}

/** Ends when the core disconnects, and at the first line that is not a request. */
async function* requestsFrom(socket: Socket): AsyncGenerator<Request> {
  try {
    for await (const line of readLines(socket, request, longestLine)) {
      if (!line.ok) return;
      yield line.value;
    }
  } catch {
    // The core disconnected with unread messages, which resets the connection.
  }
}
