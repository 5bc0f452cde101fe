import { once } from 'node:events';
import { createServer } from 'node:net';

/** Runs `work` while a server at the socket sends this answer to every connection and closes it. */
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
