import { setTimeout as delay } from 'node:timers/promises';

import type { ScannerFault } from '../findings.js';
import { longestScannerWaitMs, type ScannerWait } from '../protocol/vault.js';
import { err, type Result } from '../result.js';

/**
 * SANE's failures that pass: a lamp warms up, the carriage returns, or another program has the scanner for a moment;
 * or somebody has the lid open, takes paper out or lays the document down.
 */
const passing = {
  'device-busy': 'scanner-busy',
  jammed: 'scanner-jammed',
  'cover-open': 'scanner-cover-open',
  'no-docs': 'scanner-no-document',
} as const satisfies Readonly<Record<string, ScannerWait & ScannerFault>>;

/** In milliseconds. */
export type Patience = {
  /** How long to wait for what passes. */
  readonly longest: number;
  /** Before asking again. */
  readonly pause: number;
  /** An opening or a start that takes longer is told as a wait: most drivers wait for firmware or lamp in it. */
  readonly quick: number;
};

export const defaultPatience: Patience = { longest: longestScannerWaitMs, pause: 1000, quick: 3000 };

/** One scan's waiting, however many states it meets. */
export class Waiting {
  readonly #patience: Patience;
  readonly #tell: (why: ScannerWait) => void;
  readonly #signal: AbortSignal;
  #until: number | undefined;
  #told = false;

  constructor(patience: Patience, tell: (why: ScannerWait) => void, signal: AbortSignal) {
    this.#patience = patience;
    this.#tell = tell;
    this.#signal = signal;
  }

  /** Whether the listener was told of a wait. */
  get told(): boolean {
    return this.#told;
  }

  /** Attempts something again until it meets no state that passes, or one that stays. */
  async through<T, F extends string>(
    attempt: () => Promise<Result<T, F>>,
  ): Promise<Result<T, F | 'aborted'>> {
    for (;;) {
      const done = await attempt();
      if (done.ok || !isPassing(done.error)) return done;
      this.#until ??= performance.now() + this.#patience.longest;
      if (performance.now() >= this.#until) return done;
      this.#say(passing[done.error]);
      if (!(await this.#pause())) return err('aborted');
    }
  }

  /** Tells that the scanner is busy if a call takes long. */
  async during<T>(call: () => Promise<T>): Promise<T> {
    const timer = setTimeout(() => this.#say('scanner-busy'), this.#patience.quick);
    try {
      return await call();
    } finally {
      clearTimeout(timer);
    }
  }

  #say(why: ScannerWait): void {
    this.#told = true;
    this.#tell(why);
  }

  async #pause(): Promise<boolean> {
    return delay(this.#patience.pause, true, { signal: this.#signal }).catch(() => false);
  }
}

function isPassing(fault: string): fault is keyof typeof passing {
  return Object.hasOwn(passing, fault);
}
