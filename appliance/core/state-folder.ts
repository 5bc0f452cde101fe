import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folder that outlives a restart: records and the panels' socket. On a box systemd names it (StateDirectory=,
 * systemd.exec(5)), elsewhere the XDG Base Directory Specification does.
 */
export function stateFolder(): string {
  const { STATE_DIRECTORY, XDG_STATE_HOME } = process.env;
  return STATE_DIRECTORY ?? join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'terashi');
}

export function recordFileIn(folder: string): string {
  return join(folder, 'records.jsonl');
}

/**
 * One appliance to a record file: the socket lies beside it, and whoever holds it is the one. On a box there is but
 * one of either, and the panels, which may not enter the records' folder, find the socket where systemd laid it.
 */
export function socketIn(folder: string): string {
  return join(process.env.RUNTIME_DIRECTORY ?? folder, 'panel.sock');
}
