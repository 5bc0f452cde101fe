import { setTimeout as wait } from 'node:timers/promises';

import type { FaultCode } from '../findings.js';
import { err, type Result } from '../result.js';
import { startVault } from './start-vault.js';
import type { Vault } from './vault.js';

/** How long a spare that could not be started rests before the next try. */
const restBeforeRetry = 2000;

/**
 * Keeps one vault warm ahead of the next visit. It has loaded its models and touched no device; a visit that
 * takes it starts at once.
 */
export class SpareVault {
  #next: Promise<Result<Vault, FaultCode>> | undefined;
  readonly #closed = new AbortController();

  /** @param start which ends a vault that is still loading where the signal says so */
  constructor(
    private readonly start: (signal: AbortSignal) => Promise<Result<Vault, FaultCode>> = (signal) =>
      startVault({}, { signal }),
  ) {}

  /** Warms a vault up, unless one is warm already. */
  async warmUp(): Promise<Result<Vault, FaultCode>> {
    if (this.#closed.signal.aborted) return err('vault-died');
    this.#next ??= this.#startOne();
    return this.#next;
  }

  /**
   * Hands the warm vault over; waits for it when it is not warm yet. It stays the spare when the one who
   * waited has left meanwhile.
   */
  async take(signal: AbortSignal): Promise<Result<Vault, FaultCode>> {
    const vault = await this.warmUp();
    if (!signal.aborted) this.#next = undefined;
    return vault;
  }

  /** Ends it, also where it is still loading. */
  async close(): Promise<void> {
    this.#closed.abort();
    const vault = await this.#next;
    if (vault?.ok) await vault.value.erase();
  }

  async #startOne(): Promise<Result<Vault, FaultCode>> {
    const vault = await this.start(this.#closed.signal);
    if (vault.ok) void vault.value.lost.then(() => this.#replace(vault.value));
    else this.#next = undefined;
    return vault;
  }

  /** A spare that died while it waited is replaced; one that was taken is its visit's affair. */
  async #replace(vault: Vault): Promise<void> {
    const next = await this.#next;
    if (!next?.ok || next.value !== vault) return;
    this.#next = undefined;
    await vault.erase();
    await wait(restBeforeRetry, undefined, { ref: false });
    if (!this.#closed.signal.aborted) await this.warmUp();
  }
}
