import type { NotSet } from '../clock/clock.js';
import type { BatterySet } from '../clock/set-protocol.js';
import type { ExportFault } from '../export/protocol.js';
import type { FaultCode } from '../findings.js';
import type { Checked, CheckName } from '../health/check.js';
import type { Progress as UpdateProgress, ReturnedBecause, UpdateFault } from '../update/protocol.js';
import type { Comparison, Instruction, Outline } from '../protocol/vault.js';
import type { Choice } from '../protocol/choice.js';
import type { Copied, Offer } from './context.js';
import type { Receipt, RecordFault, Taken, TakenVault } from './effects.js';

/** Everything that can happen to a visit. */
export type VisitEvent = FromClerk | FromCore | FromEffect;

/** `focus` moves to the choice of that index; `retry` writes a record again that could not be written. */
export type FromClerk =
  | { readonly type: Choice | 'back' | 'cancel' | 'retry' }
  | { readonly type: 'focus'; readonly index: number }
  /** While the clock is set: an arrow, and Enter on a part of the time. */
  | ({ readonly type: 'turn' } & Turn)
  | { readonly type: 'take' };

export type Turn = { readonly by: 1; readonly round?: boolean } | { readonly by: -1; readonly round?: false };

export type FromCore =
  /** A visit could begin; `practice` when a bench device is in use. */
  | { readonly type: 'available'; readonly practice: boolean }
  | { readonly type: 'unavailable'; readonly fault: FaultCode }
  /** Whether the time is not trusted, and somebody may set the clock. */
  | { readonly type: 'clock'; readonly settable: boolean }
  /** What a USB stick offers now; and that the box returned from the version that was installed last. */
  | { readonly type: 'offer'; readonly offer: Offer }
  | { readonly type: 'returned'; readonly version: string; readonly why: ReturnedBecause }
  /** Whether a USB stick is there, to which the records could be copied. */
  | { readonly type: 'stick'; readonly there: boolean }
  /** The vault of this visit died, hung or talked nonsense; a device of this visit is gone. */
  | { readonly type: 'vault-lost' | 'device-lost'; readonly fault: FaultCode };

export type Progress = { readonly type: 'progress'; readonly fraction: number };
export type Guidance = {
  readonly type: 'guidance';
  readonly instruction: Instruction;
  readonly outline?: Outline | undefined;
};

/** What a self-test has checked so far, and what it is looking at; `tested` is the last. */
export type Checks = {
  readonly type: 'checked' | 'tested';
  readonly checks: readonly Checked[];
  readonly now?: CheckName | undefined;
  /** It was stopped before its end. */
  readonly stopped?: boolean;
};

export type Updating = { readonly type: 'update-progress' } & UpdateProgress;

/** How far the copy of the records has come, 0 to 1. */
export type Copying = { readonly type: 'copy-progress'; readonly fraction: number };

export type FromEffect =
  | Checks
  | Updating
  | Copying
  | { readonly type: 'copied'; readonly copied: Copied }
  | { readonly type: 'copy-cancelled' }
  | { readonly type: 'not-copied'; readonly why: ExportFault }
  | { readonly type: 'updated' | 'update-cancelled' | 'leaving' }
  | { readonly type: 'not-updated'; readonly why: UpdateFault }
  | Progress
  | Guidance
  | ({ readonly type: 'vault-taken' } & TakenVault)
  | ({ readonly type: 'picture-taken' } & Taken)
  | { readonly type: 'compared'; readonly comparison: Comparison }
  | { readonly type: 'clock-set'; readonly battery: BatterySet }
  | { readonly type: 'clock-not-set'; readonly why: NotSet }
  | { readonly type: 'failed'; readonly fault: FaultCode }
  | { readonly type: 'erasure-proven' | 'erasure-unproven' }
  | ({ readonly type: 'recorded' } & Receipt)
  | { readonly type: 'not-recorded'; readonly fault: RecordFault };
