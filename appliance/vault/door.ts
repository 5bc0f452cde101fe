import { Socket } from 'node:net';

import { readLines, toLine } from '../lines.js';
import { aliveEvery, longestLine, type Message, request, type Request } from '../protocol/vault.js';

/** The vault's side of its only door. */
export type Door = {
  readonly requests: AsyncGenerator<Request>;
  readonly tell: (message: Message) => void;
};

/** The descriptor on which both systemd (sd_listen_fds(3)) and the core hand the connection over. */
const connection = 3;

/** Opens the door and says `alive` from now on. */
export function openDoor(): Door {
  const socket = new Socket({ fd: connection });
  // A core that is gone is seen by the end of the requests.
  socket.on('error', () => undefined);
  const tell = (message: Message) => {
    if (socket.writable) socket.write(toLine(message));
  };
  setInterval(() => tell({ is: 'alive' }), aliveEvery);
  return { tell, requests: requestsFrom(socket) };
}

/** Ends when the core hangs up, and at the first thing that is not a request. */
async function* requestsFrom(socket: Socket): AsyncGenerator<Request> {
  try {
    for await (const line of readLines(socket, request, longestLine)) {
      if (!line.ok) return;
      yield line.value;
    }
  } catch {
    // A core that hangs up with something unread resets the connection.
  }
}
