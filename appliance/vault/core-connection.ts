import { Socket } from 'node:net';

import { readLines, toLine } from '../json-lines.js';
import { heartbeatMs, maxLineBytes, type Message, request, type Request } from '../protocol/vault.js';

/** The vault's end of its only connection. */
export type CoreConnection = {
  readonly requests: AsyncGenerator<Request>;
  readonly send: (message: Message) => void;
};

/** The descriptor on which systemd (sd_listen_fds(3)) and the core pass the connection. */
const connectionFd = 3;

/** Opens the connection, and sends `alive` at regular intervals from now on. */
export function connectToCore(): CoreConnection {
  const socket = new Socket({ fd: connectionFd });
  // The end of the requests shows that the core is gone.
  socket.on('error', () => undefined);
  const send = (message: Message) => {
    if (socket.writable) socket.write(toLine(message));
  };
  setInterval(() => send({ is: 'alive' }), heartbeatMs);
  return { send, requests: requestsFrom(socket) };
}

/** Ends when the core disconnects, and at the first line that is not a request. */
async function* requestsFrom(socket: Socket): AsyncGenerator<Request> {
  try {
    for await (const line of readLines(socket, request, maxLineBytes)) {
      if (!line.ok) return;
      yield line.value;
    }
  } catch {
    // The core disconnected with unread messages, which resets the connection.
  }
}
