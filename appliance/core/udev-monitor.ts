import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

import { ChangeDebouncer, type DeviceChanges } from './device-changes.js';
import { UdevParser } from './udev-parser.js';

/** Where udev is; a test has one of its own. */
export type UdevOptions = {
  /** The socket that is there as long as udevd runs (systemd-udevd.service(8)). */
  readonly controlSocket: string;
  /** In milliseconds: how soon it is tried again after it was not there, or stopped telling. */
  readonly retryMs: number;
};

const system: UdevOptions = { controlSocket: '/run/udev/control', retryMs: 10_000 };

/** In milliseconds: nothing waits longer than this for udev to answer. */
const patience = 2000;

/** Whole devices only: what a USB device is made of comes and goes with it. */
const filters = ['usb/usb_device', 'video4linux', 'media', 'block'].map(
  (match) => `--subsystem-match=${match}`,
);

/** Whether this machine has a udev that tells what is plugged in; a container has none. */
export function isUdevRunning({ controlSocket } = system): boolean {
  return existsSync(controlSocket);
}

/**
 * Hears from udev what is plugged in and unplugged. udev tells it after its rules have set who may use a device.
 * The program that listens, `udevadm monitor`, is in every system with udev; it needs the host's network namespace,
 * since udev tells over netlink. It ends with the core, and is started again when it ends before.
 */
export class UdevMonitor {
  /** Settles once it is known whether udev tells anything. */
  readonly ready: Promise<void>;
  readonly #burst: ChangeDebouncer;
  readonly #udev: UdevOptions;
  readonly #closed = new AbortController();
  #settle!: () => void;
  #isSettled = false;
  #live = false;
  #child: ChildProcess | undefined;

  constructor(hear: (plugs: DeviceChanges) => void, udev = system) {
    this.#burst = new ChangeDebouncer(hear);
    this.#udev = udev;
    this.ready = new Promise((resolve) => {
      this.#settle = () => {
        this.#isSettled = true;
        resolve();
      };
    });
    void this.#listenForEver();
  }

  /** Whether what comes and goes is told of just now. */
  get live(): boolean {
    return this.#live;
  }

  close(): void {
    this.#closed.abort();
    this.#child?.kill('SIGKILL');
    this.#burst.cancel();
  }

  async #listenForEver(): Promise<void> {
    const { signal } = this.#closed;
    while (!signal.aborted) {
      if (isUdevRunning(this.#udev)) await this.#listen();
      this.#live = false;
      this.#settle();
      await wait(this.#udev.retryMs, undefined, { signal, ref: false }).catch(() => undefined);
    }
  }

  async #listen(): Promise<void> {
    const monitor = ['udevadm', 'monitor', '--udev', '--property', ...filters];
    const child = spawn('setpriv', ['--pdeathsig', 'KILL', ...monitor], {
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, LC_ALL: 'C' },
    });
    this.#child = child;
    const late = setTimeout(() => this.#settle(), patience);
    const lines = new UdevParser();
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (this.#closed.signal.aborted) return;
      const told = lines.parseLine(line);
      if (told === 'listening') this.#begin();
      else if (told) this.#burst.add(told);
    });
    await new Promise((resolve) => child.once('exit', resolve).once('error', resolve));
    clearTimeout(late);
  }

  #begin(): void {
    this.#live = true;
    if (this.#isSettled) this.#burst.addLostEvents();
    this.#settle();
  }
}
