import type { Finding } from '../findings.js';
import type { ProcedureContext } from '../procedure/context.js';
import type { Choice } from '../protocol/choice.js';
import type { ScannerWait } from '../protocol/vault.js';
import type { VisitReport } from '../record/entry.js';
import type { Delays } from './delays.js';
import type { LivenessMode } from './liveness.js';
import type { Guidance, Picture, Receipt, Recogniser, RecordFault } from './news.js';
import { type Limits, noTries, type Tries } from './tries.js';

/** What the municipality configured. */
export type VisitSettings = {
  readonly way: VisitReport['way'];
  readonly policy: VisitReport['policy'];
  readonly liveness: LivenessMode;
  readonly limits: Limits;
};

export type VisitInput = {
  readonly settings: VisitSettings;
  readonly delays: Delays;
  /** A bench device is in use as the visit begins. */
  readonly practice: boolean;
};

/** How a visit ended, by a decision of the clerk, a timeout or a fault. */
export type Ending = Pick<VisitReport, 'outcome' | 'because' | 'fault'>;

/** What the visit has learned so far. */
export type VisitData = {
  readonly ending: Ending;
  /** The recogniser of the vault; undefined until a vault was taken. */
  readonly vault: Recogniser | undefined;
  /** The vault may hold some part of a picture. */
  readonly pictures: boolean;
  /** The last picture of each side; undefined while it is being taken again. */
  readonly document: Picture | undefined;
  readonly probe: Picture | undefined;
  /** That a photograph may show a picture; a later one does not clear it. */
  readonly suspicion: Finding | undefined;
  readonly tries: Tries;
  readonly superiorAsked: boolean;
  /** Of the scan or photograph under way, 0 to 1. */
  readonly progress: number;
  /** Why the scan waits for its scanner. */
  readonly waiting: ScannerWait | undefined;
  readonly guidance: Omit<Guidance, 'type'>;
  readonly erasureProven: boolean;
  readonly recordFault: RecordFault | undefined;
  readonly receipt: Receipt | undefined;
};

export type Context = ProcedureContext & VisitInput & VisitData;

export const firstGuidance: VisitData['guidance'] = { instruction: 'look-here' };

/** The choice that each policy suggests to the clerk; never one that ends the visit. */
const suggestions: Readonly<Record<VisitReport['policy'], Choice | undefined>> = {
  'in-doubt': undefined,
  always: 'compare-faces',
};

export function initialContext(input: VisitInput): Context {
  return {
    ...input,
    focus: undefined,
    suggested: suggestions[input.settings.policy],
    ending: { outcome: 'cancelled', because: 'cancelled' },
    vault: undefined,
    pictures: false,
    document: undefined,
    probe: undefined,
    suspicion: undefined,
    tries: noTries,
    superiorAsked: false,
    progress: 0,
    waiting: undefined,
    guidance: firstGuidance,
    erasureProven: false,
    recordFault: undefined,
    receipt: undefined,
  };
}
