import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

import { say } from './words.mjs';

/**
 * Waits until no other set-up works in this folder, and keeps others out until `end` is called.
 *
 * The lock is an abstract Unix socket: the kernel lets only one process have a name, and frees it with the
 * process, however that ends.
 */
export async function takeTurn(root) {
  const name = `\0terashi-setup-${createHash('sha256').update(root).digest('hex').slice(0, 32)}`;
  for (let told = false; ; told = true) {
    const server = createServer();
    server.listen(name);
    try {
      await once(server, 'listening');
      return { end: () => server.close() };
    } catch (error) {
      if (error.code !== 'EADDRINUSE') throw error;
    }
    if (!told) say('別の準備が終わるのを待っています', 'waiting for another set-up to end');
    await endOf(name);
  }
}

/** Settles when the holder of the name is gone: it accepts, and never says anything. */
async function endOf(name) {
  const other = connect(name).resume();
  await once(other, 'close').catch(() => undefined);
}
