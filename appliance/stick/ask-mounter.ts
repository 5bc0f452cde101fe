import { connect } from 'node:net';

import { longestLine, message, type Message, type Request } from './mount-protocol.js';
import type { Mounted } from './mounted.js';
import { ProgramConnection } from './program-connection.js';
import type { Stick } from './sticks.js';

/** The mounter starts, looks at what is plugged in, and mounts or unmounts, each for a minute at most. */
const timeoutMs = 150_000;

/**
 * Has the mounter mount a stick; undefined if that fails. When this process ends, however it ends, its connection closes,
 * and the mounter unmounts the stick.
 *
 * @param socket of the mounter's systemd unit
 */
export async function askMounter({ node }: Stick, socket: string): Promise<Mounted | undefined> {
  const connection = new ProgramConnection<Request, Message>(connect(socket), message, longestLine);
  const answer = await connection.request({ do: 'mount', node }, timeoutMs);
  if (answer?.is !== 'mounted') {
    connection.close();
    return undefined;
  }
  const unmount = async () => {
    const answer = await connection.request({ do: 'unmount' }, timeoutMs);
    connection.close();
    return answer?.is === 'unmounted';
  };
  return { point: answer.point, unmount };
}
