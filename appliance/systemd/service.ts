import { openNotify, type Notify } from './notify.js';

/**
 * This process as a service of systemd: it says when it serves, and feeds the watchdog for as long as it answers.
 * That the feeding goes on is what shows that the event loop turns. Away from systemd it says nothing to anybody.
 */
export class Service {
  readonly #notify: Notify | undefined;
  readonly #feeding: NodeJS.Timeout | undefined;
  #status: string | undefined;

  /** @param every in milliseconds: how often to feed; undefined where nobody counts */
  constructor(notify: Notify | undefined, every: number | undefined, answers: () => boolean) {
    this.#notify = notify;
    if (every === undefined) return;
    this.#feeding = setInterval(() => {
      if (answers()) notify?.('WATCHDOG=1');
    }, every);
    this.#feeding.unref();
  }

  /** It serves, and this is what it does now: `systemctl status` shows it. */
  reportStatus(status: string): void {
    if (status === this.#status) return;
    const first = this.#status === undefined;
    this.#status = status;
    this.#notify?.(`${first ? 'READY=1\n' : ''}STATUS=${status}`);
  }

  reportStopping(): void {
    clearInterval(this.#feeding);
    this.#notify?.('STOPPING=1');
  }
}

/** The service that systemd takes this process for. */
export async function openService(answers: () => boolean): Promise<Service> {
  return new Service(await openNotify(), watchdogIntervalMs(process.env, process.pid), answers);
}

/** In milliseconds: half of what systemd allows, as sd_watchdog_enabled(3) advises. */
export function watchdogIntervalMs(
  { WATCHDOG_USEC, WATCHDOG_PID }: NodeJS.ProcessEnv,
  pid: number,
): number | undefined {
  if (WATCHDOG_PID !== undefined && Number(WATCHDOG_PID) !== pid) return undefined;
  const allowed = Number(WATCHDOG_USEC ?? NaN);
  return allowed > 0 && Number.isFinite(allowed) ? allowed / 1000 / 2 : undefined;
}
