import { longestScannerWaitMs } from '../protocol/vault.js';

/** How long each step may take before the visit moves on by itself. In milliseconds. */
export const delays = {
  /** No key was pressed. The handbook names the two minutes. */
  key: 120_000,
  /** A superior was asked, and comes from another floor or is on the telephone. The handbook names the 15 minutes. */
  superior: 900_000,
  /** Taking a vault. A warm one takes no time; a cold one may load its models for `loadTimeoutMs`. */
  vault: 70_000,
  /** The scan itself takes less than a minute; before it, a scanner that is not ready is waited for. */
  scan: 60_000 + longestScannerWaitMs,
  /** The visitor received guidance for this long and never stood well enough. */
  photograph: 90_000,
  compare: 30_000,
  /** Erasure counts as unproven if the vault's processes are still there after this. */
  erase: 10_000,
  /** The record is still being written: the screen shows a fault, and the writing continues. */
  record: 10_000,
  /** Interval between attempts to write a record after a failure. */
  recordAgain: 15_000,
};

export type Delays = Readonly<typeof delays>;
export type Delay = keyof Delays;
