import type { FaultCode } from '../findings.js';
import { decision as decisionUntil, question as questionUntil } from '../procedure/question.js';
import type { Comparison } from '../protocol/vault.js';
import type { Outcome } from '../record/outcome.js';
import type { Context, VisitData } from './context.js';
import { applyLiveness } from './liveness.js';
import type { Guidance, Picture, Progress, Receipt, Recogniser, RecordFault, Waiting } from './news.js';

// The transitions and actions that recur in `machine.ts`.

const decide = (outcome: Outcome) => ({ type: 'end', params: { outcome, because: 'decided' } }) as const;

/** The clerk decided, and the visit ends. */
export const decided = (outcome: Outcome) => ({ target: '#ending', actions: decide(outcome) }) as const;

/** The clerk decided, and has something to explain before the visit ends. */
export const explained = <const To extends 'refused' | 'not-verified' | 'not-comparable'>(outcome: To) =>
  ({ target: `#${outcome}`, actions: decide(outcome) }) as const;

export const cancelled = {
  target: '#ending',
  actions: { type: 'end', params: { outcome: 'cancelled', because: 'cancelled' } },
} as const;

export const timedOut = {
  target: '#ending',
  actions: { type: 'end', params: { outcome: 'cancelled', because: 'timed-out' } },
} as const;

/** A task took too long; `fault` is the most likely reason. */
export const failed = (fault: FaultCode) =>
  ({ target: '#ending', actions: { type: 'fail', params: fault } }) as const;

/** The vault, a device or a task failed. */
export const lost = {
  target: '#ending',
  actions: { type: 'fail', params: ({ event }: { event: { fault: FaultCode } }) => event.fault },
} as const;

/** A device was lost after the clerk decided: the decision stands, and the fault is recorded beside it. */
export const lostAfterwards = {
  target: '#ending',
  actions: {
    type: 'note',
    params: ({ context, event }: { context: Context; event: { fault: FaultCode } }) => ({
      ending: { ...context.ending, fault: event.fault },
    }),
  },
} as const;

/** A state that waits for the clerk; the names in `on` are the choices. Without a key the visit is cancelled. */
export const question = <const Name extends string, const On extends object>(name: Name, on: On) =>
  questionUntil(name, on, timedOut);

/** Such a state whose choices cannot be taken back: none is in focus at first. */
export const decision = <const Name extends string, const On extends object>(name: Name, on: On) =>
  decisionUntil(name, on, timedOut);

/** A question after the decision: a timeout ends the visit and leaves the decision as it is. */
export const explanation = <const Name extends string, const On extends object>(name: Name, on: On) =>
  questionUntil(name, on, '#ending');

/** Only while the visit may take another picture of that side. */
export const ifPhotographLeft = <const Target extends string>(target: Target) =>
  ({ guard: 'photograph left', target }) as const;
export const ifScanLeft = <const Target extends string>(target: Target) =>
  ({ guard: 'scan left', target }) as const;

/** To the result of the last comparison. */
export const toResult = [{ guard: 'over the threshold', target: '#above' }, { target: '#below' }] as const;

/** Keeps a part of an event in the context. */
const keep = <Event>(news: (event: Event, context: Context) => Partial<VisitData>) =>
  ({
    type: 'note',
    params: ({ context, event }: { context: Context; event: Event }) => news(event, context),
  }) as const;

export const keepVault = keep(({ model, modelHash, threshold }: Recogniser) => ({
  vault: { model, modelHash, threshold },
}));
export const keepDocument = keep(({ usable, findings }: Picture, { tries }) => ({
  document: { usable, findings },
  tries: { ...tries, scans: tries.scans + 1 },
}));
export const keepProbe = keep((picture: Picture, { settings, tries, suspicion }) => ({
  probe: applyLiveness(picture, settings.liveness),
  suspicion: suspicion ?? picture.findings.find(({ code }) => code === 'picture-suspected'),
  tries: { ...tries, photographs: tries.photographs + 1 },
}));
export const keepComparison = keep(({ comparison }: { comparison: Comparison }, { tries }) => ({
  tries: { ...tries, comparisons: [...tries.comparisons, comparison] },
}));
export const keepReceipt = keep(({ number, at }: Receipt) => ({ receipt: { number, at } }));
export const keepProgress = keep(({ fraction }: Progress) => ({ progress: fraction, waiting: undefined }));
export const keepWaiting = keep(({ why }: Waiting) => ({ waiting: why }));
export const keepGuidance = keep(({ instruction, outline }: Guidance) => ({
  guidance: { instruction, outline },
}));
export const keepRecordFault = keep(({ fault }: { fault: RecordFault }) => ({ recordFault: fault }));
