import type { Duplex } from 'node:stream';

import type { Result } from '../result.js';

/** Where a vault runs: what the core holds of it, whoever started it. */
export type VaultHost = {
  readonly connection: Duplex;
  /** Where it is this process's child. */
  readonly pid?: number;
  /** Resolves when the vault's process, or its connection, has ended. */
  readonly ended: Promise<unknown>;
  /**
   * Ends the vault with everything it started; resolves once the kernel lists none of it any more.
   *
   * @param ready what the vault said of its place when it was ready: its unit's instance; undefined where it never was
   */
  erase(
    ready: { readonly unit?: string | undefined } | undefined,
  ): Promise<Result<undefined, 'erasure-unproven'>>;
};
