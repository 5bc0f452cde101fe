import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import { ChangeDebouncer, type DeviceChanges } from './device-changes.js';
import { UdevParser } from './udev-parser.js';

export type UdevOptions = {
  /** The socket that exists while udevd runs (systemd-udevd.service(8)). */
  readonly controlSocket: string;
  /** The delay before the monitor is started again. */
  readonly retryMs: number;
};

const system: UdevOptions = { controlSocket: '/run/udev/control', retryMs: 10_000 };

/** The start of the appliance waits no longer for udev. */
const startTimeoutMs = 2000;

/** Whole devices only: the parts of a USB device come and go with it. */
const filters = ['usb/usb_device', 'video4linux', 'media', 'block'].map(
  (match) => `--subsystem-match=${match}`,
);

/** A container, for example, has no udev. */
export function isUdevRunning({ controlSocket } = system): boolean {
  return existsSync(controlSocket);
}

/**
 * Reports what is plugged in and unplugged, after udev's rules have set the permissions. It runs `udevadm monitor`,
 * which every system with udev has, and which needs the host's network namespace, since udev sends over netlink. The
 * program ends with the core, and is restarted if it ends before.
 */
export class UdevMonitor {
  /** Resolves once it is known whether udev reports changes. */
  readonly ready: Promise<void>;
  readonly #changes: ChangeDebouncer;
  readonly #udev: UdevOptions;
  readonly #closed = new AbortController();
  #resolveReady!: () => void;
  #isReady = false;
  #live = false;
  #child: ChildProcess | undefined;

  constructor(report: (changes: DeviceChanges) => void, udev = system) {
    this.#changes = new ChangeDebouncer(report);
    this.#udev = udev;
    this.ready = new Promise((resolve) => {
      this.#resolveReady = () => {
        this.#isReady = true;
        resolve();
      };
    });
    void this.#runMonitor();
  }

  /** Whether udev reports changes at the moment. */
  get live(): boolean {
    return this.#live;
  }

  close(): void {
    this.#closed.abort();
    this.#child?.kill('SIGKILL');
    this.#changes.cancel();
  }

  async #runMonitor(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      if (isUdevRunning(this.#udev)) await this.#monitor();
      this.#live = false;
      this.#resolveReady();
      await wait(this.#udev.retryMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  /** Runs the monitor until it ends. */
  async #monitor(): Promise<void> {
    const command = ['udevadm', 'monitor', '--udev', '--property', ...filters];
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...command], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    this.#child = child;
    const timeout = setTimeout(() => this.#resolveReady(), startTimeoutMs);
    const parser = new UdevParser();
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (this.#closed.signal.aborted) return;
      const event = parser.parseLine(line);
      if (event === 'listening') this.#listening();
      else if (event) this.#changes.add(event);
    });
    await new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    clearTimeout(timeout);
  }

  #listening(): void {
    this.#live = true;
    if (this.#isReady) this.#changes.addLostEvents();
    this.#resolveReady();
  }
}
