import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The persistent folder of the records and the panels' socket: systemd's StateDirectory= (systemd.exec(5)) on a box,
 * else the one of the XDG Base Directory Specification.
 */
export function stateFolder(): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  return STATE_DIRECTORY ?? join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'terashi');
}

export function recordFileIn(folder: string): string {
  return join(folder, 'records.jsonl');
}

/**
 * The socket doubles as a lock on the record file beside it. On a box it is in systemd's runtime folder instead, since
 * panels may not enter the folder of the records.
 */
export function socketIn(folder: string): string {
  return join(process.env.RUNTIME_DIRECTORY ?? folder, 'panel.sock');
}
