import { setTimeout as wait } from 'node:timers/promises';

import type { FaultCode } from '../findings.js';
import { err, type Result } from '../result.js';
import { startVault } from './start-vault.js';
import type { Vault } from './vault.js';

/** The delay before a spare that died is replaced. */
const retryMs = 2000;

/** Keeps one vault with loaded models for the next visit, so that it starts at once. It has opened no device. */
export class SpareVault {
  #next: Promise<Result<Vault, FaultCode>> | undefined;
  readonly #closed = new AbortController();

  /** @param start starts a vault, and ends it if the signal is aborted while it loads */
  constructor(
    private readonly start: (signal: AbortSignal) => Promise<Result<Vault, FaultCode>> = (signal) =>
      startVault({}, { signal }),
  ) {}

  /** Starts the spare, unless there is one, and waits until its models are loaded. */
  async warmUp(): Promise<Result<Vault, FaultCode>> {
    if (this.#closed.signal.aborted) return err('vault-died');
    this.#next ??= this.#startOne();
    return this.#next;
  }

  /** Returns the spare once it is loaded, to be erased by the caller. After an abort it stays the spare. */
  async take(signal: AbortSignal): Promise<Result<Vault, FaultCode>> {
    const vault = await this.warmUp();
    if (!signal.aborted) this.#next = undefined;
    return vault;
  }

  /** Gives the spare up, once it is loaded: the next one starts anew. */
  async renew(): Promise<void> {
    const vault = await this.#next;
    this.#next = undefined;
    if (vault?.ok) await vault.value.erase();
  }

  /** Ends the spare, even while it loads. */
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

  /** Replaces a spare that died; a vault that was taken is handled by its visit. */
  async #replace(vault: Vault): Promise<void> {
    const next = await this.#next;
    if (!next?.ok || next.value !== vault) return;
    this.#next = undefined;
    await vault.erase();
    await wait(retryMs, undefined, { ref: false });
    if (!this.#closed.signal.aborted) await this.warmUp();
  }
}
