import { access, readFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';
import type { VaultHost } from './vault-host.js';

/** Where the kernel lists what runs under the vault's unit: cgroups(7), systemd.unit(5) on escaped slices. */
const slice = '/sys/fs/cgroup/system.slice/system-terashi\\x2dvault.slice';

/**
 * In milliseconds: systemd's watchdog ends a vault that does not end by itself at most 20 s after it was last fed
 * (`WatchdogSec=` of the vault's unit), and what is left of its group within another second (`TimeoutStopSec=`).
 */
const patience = 22_000;

/** Has systemd start a vault: each connection to the socket is an instance of the vault's unit (`Accept=yes`). */
export async function connectToUnit(socket: string): Promise<VaultHost | undefined> {
  const connection = connect(socket);
  // A vault that is killed with something unread resets its connection, which is an end like any other.
  connection.on('error', () => undefined);
  const ended = new Promise((resolve) => connection.once('close', resolve));
  const reached = await Promise.race([
    new Promise((resolve) => connection.once('connect', () => resolve(true))),
    ended.then(() => false),
  ]);
  return reached === true ? unitAt(connection, ended) : undefined;
}

function unitAt(connection: Socket, ended: Promise<unknown>): VaultHost {
  return {
    connection,
    ended,
    async erase(ready) {
      // The vault ends itself when its connection closes, and its control group with it.
      connection.destroy();
      // One that was never ready was never asked for a picture.
      if (!ready) return ok();
      // One that cannot be told from the others cannot be seen to be gone.
      return ready.unit === undefined ? err('erasure-unproven') : waitUntilEmpty(join(slice, ready.unit));
    },
  };
}

/** Waits until the kernel lists no process in a control group, or no such group where its like are listed. */
export async function waitUntilEmpty(
  group: string,
  patienceFor = patience,
): Promise<Result<undefined, 'erasure-unproven'>> {
  const deadline = performance.now() + patienceFor;
  for (;;) {
    const events = await readFile(join(group, 'cgroup.events'), 'utf8').catch((error: unknown) =>
      whyNot(error, group),
    );
    if (/^populated 0$/m.test(events)) return ok();
    if (performance.now() > deadline) return err('erasure-unproven');
    await wait(10);
  }
}

/** A control group that is gone holds nothing; one that cannot be read, or looked for in its slice, is no proof. */
async function whyNot(error: unknown, group: string): Promise<string> {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const gone = code === 'ENODEV' || (code === 'ENOENT' && (await isThere(dirname(group))));
  return gone ? 'populated 0' : '';
}

function isThere(folder: string): Promise<boolean> {
  return access(folder).then(
    () => true,
    () => false,
  );
}
