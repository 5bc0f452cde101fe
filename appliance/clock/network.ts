import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The files and the program to ask. Tests pass their own. */
export type Paths = { readonly synchronised: string; readonly booted: string; readonly program: string };

const ofSystem: Paths = {
  // systemd-timesyncd touches it at each synchronisation (systemd-timesyncd.service(8)). Lost at reboot.
  synchronised: '/run/systemd/timesync/synchronized',
  // Exists if systemd is the init (sd_booted(3)); without it timedatectl has no daemon to ask.
  booted: '/run/systemd/system',
  program: 'timedatectl',
};

/** timedatectl asks a daemon that may have to start first. */
const timeoutMs = 2000;

/**
 * Whether the wall clock was synchronised over the network. Daemons other than systemd-timesyncd are detected by the
 * kernel's flag (adjtimex(2)). timedatectl reads it, since the sandboxed core may not make that call.
 */
export async function isSynchronised(places: Paths = ofSystem): Promise<boolean> {
  if (await exists(places.synchronised)) return true;
  return (await exists(places.booted)) && saysSo(places.program);
}

async function saysSo(program: string): Promise<boolean> {
  const shown = run(program, ['show', '--property=NTPSynchronized', '--value'], { timeout: timeoutMs });
  const output = await shown.catch(() => undefined);
  return output?.stdout.trim() === 'yes';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
