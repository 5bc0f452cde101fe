import { access, readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';
import type { VaultHost } from './vault-host.js';

/** The control group of the vault's units: cgroups(7), and systemd.unit(5) on escaped slices. */
const slice = '/sys/fs/cgroup/system.slice/system-terashi\\x2dvault.slice';

/**
 * systemd's watchdog kills a vault that does not end by itself within 20 s (`WatchdogSec=` of the vault's unit), and the
 * rest of its group within another second (`TimeoutStopSec=`).
 */
const eraseTimeoutMs = 22_000;

/** Connects to a new vault: systemd starts an instance of its unit for each connection to the socket (`Accept=yes`). */
export async function connectToUnit(socket: string): Promise<VaultHost | undefined> {
  const connection = connect(socket);
  // A vault that is killed with unread data resets the connection, which is handled like any other end.
  connection.on('error', () => undefined);
  const ended = new Promise((resolve) => connection.once('close', resolve));
  const connected = await Promise.race([
    new Promise((resolve) => connection.once('connect', () => resolve(true))),
    ended.then(() => false),
  ]);
  return connected === true ? unitAt(connection, ended) : undefined;
}

function unitAt(connection: Socket, ended: Promise<unknown>): VaultHost {
  return {
    connection,
    ended,
    async erase(ready) {
      // The vault ends itself when its connection closes, and its control group with it.
      connection.destroy();
      // A vault that never became ready never took a picture.
      if (!ready) return ok();
      // Without its instance, its end cannot be told from that of other vaults.
      return ready.unit === undefined ? err('erasure-unproven') : waitUntilEmpty(join(slice, ready.unit));
    },
  };
}

/** Waits until a control group is empty, or gone from its slice. */
export async function waitUntilEmpty(
  group: string,
  timeoutMs = eraseTimeoutMs,
): Promise<Result<undefined, 'erasure-unproven'>> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const events = await readFile(join(group, 'cgroup.events'), 'utf8').catch((error: unknown) =>
      eventsAfter(error, group),
    );
    if (/^populated 0$/m.test(events)) return ok();
    if (performance.now() > deadline) return err('erasure-unproven');
    await wait(10);
  }
}

/** A group that is gone is empty; one that cannot be read, or whose slice is missing, proves nothing. */
async function eventsAfter(error: unknown, group: string): Promise<string> {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const gone = code === 'ENODEV' || (code === 'ENOENT' && (await exists(dirname(group))));
  return gone ? 'populated 0' : '';
}

function exists(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}
