import { homedir } from 'node:os';
import { join } from 'node:path';

import type { Door } from '../panel/link.js';

/**
 * The persistent folder of the records and the panels' socket: systemd's StateDirectory= (systemd.exec(5)) on a box,
 * else the one of the XDG Base Directory Specification.
 */
export function stateFolder(): string {
  const { XDG_STATE_HOME } = process.env;
  return systemdFolders().at(0) ?? join(XDG_STATE_HOME ?? join(homedir(), '.local', 'state'), 'terashi');
}

/** The folder of the records' witness: systemd's second StateDirectory= on a box, else beside the state folder. */
export function witnessIn(folder: string): string {
  const [state, witness] = systemdFolders();
  return state === folder && witness ? witness : `${folder}-head`;
}

/** systemd separates several folders by colons. */
function systemdFolders(): string[] {
  return process.env.STATE_DIRECTORY?.split(':') ?? [];
}

export function recordFileIn(folder: string): string {
  return join(folder, 'records.jsonl');
}

/** The path of each door's socket. */
export type Sockets = Readonly<Record<Door, string>>;

/**
 * The screen's socket doubles as a lock on the record file beside it; 0.1.0, where it was the only one, takes the same. On a
 * box all are in systemd's runtime folder instead, since panels may not enter the folder of the records.
 */
export function socketsIn(folder: string): Sockets {
  const at = process.env.RUNTIME_DIRECTORY ?? folder;
  return {
    screen: join(at, 'panel.sock'),
    lights: join(at, 'lights.sock'),
    doctor: join(at, 'doctor.sock'),
  };
}
