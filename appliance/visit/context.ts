import type { NotSet } from '../clock/clock.js';
import type { BatterySet } from '../clock/set-protocol.js';
import type { ExportFault } from '../export/protocol.js';
import type { FaultCode } from '../findings.js';
import type { Checked, CheckName } from '../health/check.js';
import type { VisitReport } from '../record/entry.js';
import type { Progress as UpdateProgress, ReturnedBecause, UpdateFault } from '../update/protocol.js';
import type { Comparison } from '../protocol/vault.js';
import type { Delays } from './delays.js';
import type { Receipt, RecordFault, Taken, TakenVault } from './effects.js';
import type { Guidance } from './event.js';
import type { Setting } from './setting.js';

/**
 * Presentation attack detection: not at all; with its result said to the clerk and recorded; or so that nothing is
 * compared without it.
 */
export type Demand = 'off' | 'advisory' | 'required';

/** What the municipality decided beforehand. */
export type Settings = {
  readonly way: VisitReport['way'];
  readonly policy: VisitReport['policy'];
  readonly delays: Delays;
  readonly liveness: Demand;
};

/** What the machine is started with. Delays that are not given are those of the table in `delays.ts`; liveness is `off`. */
export type Input = Omit<Settings, 'delays' | 'liveness'> & {
  readonly delays?: Partial<Delays>;
  readonly liveness?: Demand;
};

/** How a visit ended, as far as the clerk, the clock or a fault decided it. */
export type Ending = Pick<VisitReport, 'outcome' | 'because' | 'fault'>;

/** What is known of the visit under way. It is forgotten when the next one can begin. */
export type Visit = {
  /** A bench device served when it began. */
  readonly practice: boolean;
  readonly ending: Ending;
  readonly vault: TakenVault | undefined;
  /** Some part of a picture may be in the vault. */
  readonly pictures: boolean;
  /** What the vault holds of each side, since it was last taken. */
  readonly document: Taken | undefined;
  readonly probe: Taken | undefined;
  /** The last comparison, and how many there were. */
  readonly comparison: Comparison | undefined;
  readonly comparisons: number;
  readonly superiorAsked: boolean;
  /** Of the scan or photograph under way, 0 to 1. */
  readonly progress: number;
  readonly guidance: Omit<Guidance, 'type'>;
  readonly erasureProven: boolean;
  readonly recordFault: RecordFault | undefined;
  readonly receipt: Receipt | undefined;
};

export const nothingYet: Visit = {
  practice: false,
  ending: { outcome: 'cancelled', because: 'cancelled' },
  vault: undefined,
  pictures: false,
  document: undefined,
  probe: undefined,
  comparison: undefined,
  comparisons: 0,
  superiorAsked: false,
  progress: 0,
  guidance: { instruction: 'look-here' },
  erasureProven: false,
  recordFault: undefined,
  receipt: undefined,
};

/** The last self-test, or how far the one under way has come. */
export type SelfTest = { readonly checks: readonly Checked[]; readonly now: CheckName | undefined };

export const notBegun: SelfTest = { checks: [], now: undefined };

/** What came of setting the clock. */
export type ClockSet =
  { readonly is: 'set'; readonly battery: BatterySet } | { readonly is: 'not-set'; readonly why: NotSet };

/** What a USB stick offers. */
export type Offer =
  | { readonly is: 'none' }
  | { readonly is: 'found'; readonly version: string }
  | { readonly is: 'refused'; readonly why: UpdateFault };

/** An update, from the stick to the restart, and the one before it where the box returned from that. */
export type Update = {
  readonly offer: Offer;
  readonly returned: { readonly version: string; readonly why: ReturnedBecause } | undefined;
  /** What the clerk agreed to. */
  readonly version: string | undefined;
  readonly progress: UpdateProgress;
  readonly why: UpdateFault | undefined;
};

export const noUpdate: Update = {
  offer: { is: 'none' },
  returned: undefined,
  version: undefined,
  progress: { fraction: 0, writing: false },
  why: undefined,
};

/** What lies on the stick now: its name, how many records it holds, and whether their chain is whole. */
export type Copied = { readonly name: string; readonly count: number; readonly whole: boolean };

/** The copy of the records on a stick, from the clerk's yes on. */
export type RecordsCopy = {
  readonly fraction: number;
  readonly copied: Copied | undefined;
  readonly why: ExportFault | undefined;
};

export const noCopy: RecordsCopy = { fraction: 0, copied: undefined, why: undefined };

/** Whether a visit can begin, as the core last told. */
export type Ability =
  { readonly is: 'unknown' } | { readonly is: 'able' } | { readonly is: 'unable'; readonly fault: FaultCode };

export type Context = {
  readonly settings: Settings;
  readonly ability: Ability;
  /** A bench device serves. */
  readonly practice: boolean;
  readonly visit: Visit;
  /** Index of the choice that the clerk moved to; undefined until a key moved it. */
  readonly focus: number | undefined;
  readonly selfTest: SelfTest;
  /** The time is not trusted, and somebody may set the clock. */
  readonly settable: boolean;
  readonly setting: Setting | undefined;
  readonly clockSet: ClockSet | undefined;
  readonly update: Update;
  /** A USB stick is plugged in. */
  readonly stick: boolean;
  readonly copy: RecordsCopy;
};
