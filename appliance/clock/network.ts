import { execFile } from 'node:child_process';
import { access } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where the answer is found; a test has places of its own. */
export type Places = { readonly synchronised: string; readonly booted: string; readonly program: string };

const ofSystem: Places = {
  // Touched by systemd-timesyncd at each synchronisation (systemd-timesyncd.service(8)); gone with the boot.
  synchronised: '/run/systemd/timesync/synchronized',
  // Only where systemd is the init is there a daemon for timedatectl to ask (sd_booted(3)).
  booted: '/run/systemd/system',
  program: 'timedatectl',
};

/** Milliseconds; it asks a daemon that may have to be started first. */
const patience = 2000;

/**
 * Whether the wall clock was synchronised over the network. A daemon other than systemd-timesyncd is known by the
 * kernel's own flag (adjtimex(2)), which timedatectl reads: a sandboxed core may be denied that call.
 */
export async function isSynchronised(places: Places = ofSystem): Promise<boolean> {
  if (await exists(places.synchronised)) return true;
  return (await exists(places.booted)) && saysSo(places.program);
}

async function saysSo(program: string): Promise<boolean> {
  const asked = run(program, ['show', '--property=NTPSynchronized', '--value'], { timeout: patience });
  const answer = await asked.catch(() => undefined);
  return answer?.stdout.trim() === 'yes';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
