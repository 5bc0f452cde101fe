import { openNotify, type Notify } from './notify.js';

/**
 * This process as a systemd service: it reports its status, and feeds the watchdog while it is responsive. A blocked
 * event loop stops the feeding too. Without systemd it does nothing.
 */
export class Service {
  readonly #notify: Notify | undefined;
  readonly #watchdog: NodeJS.Timeout | undefined;
  #status: string | undefined;

  /** @param intervalMs how often to feed the watchdog; undefined without one */
  constructor(notify: Notify | undefined, intervalMs: number | undefined, isResponsive: () => boolean) {
    this.#notify = notify;
    if (intervalMs === undefined) return;
    this.#watchdog = setInterval(() => {
      if (isResponsive()) notify?.('WATCHDOG=1');
    }, intervalMs);
    this.#watchdog.unref();
  }

  /** Reports what it does now, for `systemctl status`. The first report also means that the service is ready. */
  reportStatus(status: string): void {
    if (status === this.#status) return;
    const first = this.#status === undefined;
    this.#status = status;
    this.#notify?.(`${first ? 'READY=1\n' : ''}STATUS=${status}`);
  }

  reportStopping(): void {
    clearInterval(this.#watchdog);
    this.#notify?.('STOPPING=1');
  }
}

export async function openService(isResponsive: () => boolean): Promise<Service> {
  return new Service(await openNotify(), watchdogIntervalMs(process.env, process.pid), isResponsive);
}

/** Half of the watchdog's timeout, as sd_watchdog_enabled(3) advises; undefined without a watchdog for this process. */
export function watchdogIntervalMs(
  { WATCHDOG_USEC, WATCHDOG_PID }: NodeJS.ProcessEnv,
  pid: number,
): number | undefined {
  if (WATCHDOG_PID !== undefined && Number(WATCHDOG_PID) !== pid) return undefined;
  const timeoutUs = Number(WATCHDOG_USEC ?? NaN);
  return timeoutUs > 0 && Number.isFinite(timeoutUs) ? timeoutUs / 1000 / 2 : undefined;
}
