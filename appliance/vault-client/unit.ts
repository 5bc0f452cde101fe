import { connect, type Socket } from 'node:net';

import { err, ok } from '../result.js';
import type { VaultHost } from './vault-host.js';
import { VaultUnits } from './vault-units.js';

const vaultUnits = new VaultUnits();

type Connection = { readonly socket: Socket; readonly ended: Promise<unknown> };

/** Connects to a new vault: systemd starts an instance of its unit for each connection to the socket (`Accept=yes`). */
export async function connectToUnit(path: string, units = vaultUnits): Promise<VaultHost | undefined> {
  const started = await units.start(() => open(path));
  if (!started) return undefined;
  const { socket, ended } = started.connection;
  return {
    connection: socket,
    ended,
    async erase(ready) {
      // The vault ends itself when its connection closes, and its control group with it.
      socket.destroy();
      const unit = await started.unit;
      // A vault that never became ready never took a picture.
      if (!ready) {
        if (unit !== undefined) void units.untilGone(unit);
        return ok();
      }
      // Without its unit, its end cannot be told from that of other vaults.
      return unit === undefined ? err('erasure-unproven') : units.untilGone(unit);
    },
  };
}

async function open(path: string): Promise<Connection | undefined> {
  const socket = connect(path);
  // A vault that is killed with unread data resets the connection, which is handled like any other end.
  socket.on('error', () => undefined);
  const ended = new Promise((resolve) => socket.once('close', resolve));
  const connected = await Promise.race([
    new Promise((resolve) => socket.once('connect', () => resolve(true))),
    ended.then(() => false),
  ]);
  return connected === true ? { socket, ended } : undefined;
}
