import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';

/** The slice of the vault's units: cgroups(7), and systemd.unit(5) on escaped slices. */
const vaultSlice = '/sys/fs/cgroup/system.slice/system-terashi\\x2dvault.slice';

/**
 * systemd's watchdog kills a vault that does not end by itself within 20 s (`WatchdogSec=` of the vault's unit), and the
 * rest of its group within another second (`TimeoutStopSec=`).
 */
const eraseTimeoutMs = 22_000;

/** systemd makes the control group before it starts the program. The slowest board at its start took under a second. */
const startTimeoutMs = 10_000;

/**
 * The vaults that systemd started, as the kernel lists their control groups. No vault is asked which one it is: a unit
 * belongs to the connection at which it came up.
 */
export class VaultUnits {
  readonly #slice: string;
  readonly #eraseTimeoutMs: number;
  /** The units of open connections. */
  readonly #open = new Set<string>();
  #lastStart: Promise<unknown> = Promise.resolve();

  constructor(slice = vaultSlice, timeoutMs = eraseTimeoutMs) {
    this.#slice = slice;
    this.#eraseTimeoutMs = timeoutMs;
  }

  /**
   * Connects, and finds the unit that systemd starts for the connection. One after the other, since two new units could
   * not be told apart.
   *
   * @param connect resolves to undefined if nobody accepts; `ended` tells that the connection is closed
   * @returns the connection at once; `unit` resolves to undefined if no unit came up
   */
  async start<C extends { readonly ended: Promise<unknown> }>(
    connect: () => Promise<C | undefined>,
  ): Promise<{ readonly connection: C; readonly unit: Promise<string | undefined> } | undefined> {
    let release!: () => void;
    const before = this.#lastStart;
    this.#lastStart = new Promise<void>((resolve) => (release = resolve));
    await before;
    const known = new Set([...(await this.#units()), ...this.#open]);
    const connection = await connect();
    if (!connection) {
      release();
      return undefined;
    }
    const unit = this.#newUnit(known, connection.ended).finally(release);
    return { connection, unit };
  }

  /** Resolves once no vault lives but those whose connections are open. The unit's own connection must be closed. */
  async untilGone(unit: string): Promise<Result<undefined, 'erasure-unproven'>> {
    this.#open.delete(unit);
    const deadline = performance.now() + this.#eraseTimeoutMs;
    for (;;) {
      if (await this.#onlyOpenOnesLive()) return ok();
      if (performance.now() > deadline) return err('erasure-unproven');
      await wait(10);
    }
  }

  async #newUnit(known: ReadonlySet<string>, ended: Promise<unknown>): Promise<string | undefined> {
    if (!(await exists(dirname(this.#slice)))) return undefined;
    const deadline = performance.now() + startTimeoutMs;
    let closed = false as boolean;
    void ended.then(() => (closed = true));
    for (;;) {
      const last = closed || performance.now() > deadline;
      const found = (await this.#units()).find((unit) => !known.has(unit));
      if (found !== undefined) this.#open.add(found);
      if (found !== undefined || last) return found;
      await wait(10);
    }
  }

  async #onlyOpenOnesLive(): Promise<boolean> {
    // A slice that is missing proves nothing.
    if (!(await exists(this.#slice))) return false;
    const others = (await this.#units()).filter((unit) => !this.#open.has(unit));
    return (await Promise.all(others.map((unit) => this.#isEmpty(unit)))).every(Boolean);
  }

  async #units(): Promise<readonly string[]> {
    const listed = await readdir(this.#slice, { withFileTypes: true }).catch(() => []);
    return listed.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  }

  /** A group that is gone is empty; one that cannot be read proves nothing. */
  async #isEmpty(unit: string): Promise<boolean> {
    try {
      return /^populated 0$/m.test(await readFile(join(this.#slice, unit, 'cgroup.events'), 'utf8'));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      return code === 'ENODEV' || (code === 'ENOENT' && !(await exists(join(this.#slice, unit))));
    }
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
