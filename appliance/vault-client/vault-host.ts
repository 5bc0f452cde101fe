import type { Duplex } from 'node:stream';

import type { Result } from '../result.js';

/** A vault's process, as a child of this one or as a systemd unit. */
export type VaultHost = {
  readonly connection: Duplex;
  /** Undefined unless the vault is a child of this process. */
  readonly pid?: number;
  /** Resolves when the process or its connection has ended. */
  readonly ended: Promise<unknown>;
  /**
   * Ends the vault and everything it started; resolves once the kernel no longer lists them.
   *
   * @param ready whether the vault ever became ready, and so could take a picture
   */
  erase(ready: boolean): Promise<Result<undefined, 'erasure-unproven'>>;
};
