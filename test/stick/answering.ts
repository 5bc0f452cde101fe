import { once } from 'node:events';
import { createServer } from 'node:net';

/** Does something while whoever connects to the socket is answered so, whatever it asks, and is hung up on. */
export async function whileAnswering<T>(socket: string, answer: string, ask: () => Promise<T>): Promise<T> {
  const server = createServer((door) => {
    door.on('error', () => undefined);
    door.once('data', () => door.end(answer));
  });
  server.listen(socket);
  await once(server, 'listening');
  try {
    return await ask();
  } finally {
    server.close();
  }
}
