import type { NotSet } from '../clock/clock.js';
import type { BatterySet } from '../clock/set-protocol.js';
import type { ExportFault } from '../export/protocol.js';
import type { FaultCode } from '../findings.js';
import type { UpdateFault } from '../update/protocol.js';
import type { Comparison } from '../protocol/vault.js';
import type { ClockSet, Context, Copied, RecordsCopy, SelfTest, Update, Visit } from './context.js';
import type { Receipt, RecordFault, Taken, TakenVault } from './effects.js';
import type { Checks, Copying, Guidance, Progress, Turn, Updating } from './event.js';
import { underDemand } from './liveness.js';
import type { Outcome } from '../record/outcome.js';
import { leave, type Setting, take, turn } from './setting.js';

// The turns of phrase that come back in `machine.ts`: ways out of a visit, questions, and what is kept of an event.

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

/** A task took too long, which is most likely this fault. */
export const failed = (fault: FaultCode) =>
  ({ target: '#ending', actions: { type: 'fail', params: fault } }) as const;

/** The vault, a device or a task failed, and the event says why. */
export const lost = {
  target: '#ending',
  actions: { type: 'fail', params: ({ event }: { event: { fault: FaultCode } }) => event.fault },
} as const;

/** The same after the clerk decided: what was decided stands, and the fault is recorded beside it. */
export const lostAfterwards = {
  target: '#ending',
  actions: {
    type: 'note',
    params: ({ context, event }: { context: Context; event: { fault: FaultCode } }) => ({
      ending: { ...context.visit.ending, fault: event.fault },
    }),
  },
} as const;

/**
 * A state that waits for the clerk. The names in `on` are the choices, in the order in which they are shown.
 * Moving the focus enters the state anew, so that whoever still presses keys is not timed out.
 */
export const question = <const Name extends string, const On extends object>(name: Name, on: On) =>
  ({
    id: name,
    entry: 'focus',
    on: { ...on, focus: { target: `#${name}`, reenter: true } },
    after: { key: timedOut },
  }) as const;

/** A question of which the outcome stands already: silence leaves it as it is. */
export const explanation = <const Name extends string, const On extends object>(name: Name, on: On) =>
  ({ ...question(name, on), after: { key: '#ending' } }) as const;

/** Keeps how far a self-test has come. */
export const keepChecks = {
  type: 'examine',
  params: ({ event: { checks, now } }: { event: Checks }): SelfTest => ({ checks, now }),
} as const;

/** Keys that change the time which the clerk sets the clock to. */
export const onClock = {
  turned: set((from, event: Turn) => turn(from, event)),
  taken: set((from) => take(from)),
  left: set((from) => leave(from)),
};

function set<Event>(change: (from: Setting, event: Event) => Setting) {
  return {
    type: 'go on setting',
    params: ({ context, event }: { context: Context; event: Event }) => change(context.setting!, event),
  } as const;
}

export const keepClockSet = {
  type: 'keep clock set',
  params: ({ event }: { event: { battery: BatterySet } }): ClockSet => ({
    is: 'set',
    battery: event.battery,
  }),
} as const;
export const keepClockNotSet = {
  type: 'keep clock set',
  params: ({ event }: { event: { why: NotSet } }): ClockSet => ({ is: 'not-set', why: event.why }),
} as const;

export const showUpdating = {
  type: 'note update',
  params: ({ event: { fraction, writing } }: { event: Updating }): Partial<Update> => ({
    progress: { fraction, writing },
  }),
} as const;
export const keepNotUpdated = {
  type: 'note update',
  params: ({ event: { why } }: { event: { why: UpdateFault } }): Partial<Update> => ({ why }),
} as const;
/** The update or the restart took too long. */
export const notUpdated = (why: UpdateFault) =>
  ({ target: 'update-failed', actions: { type: 'note update', params: { why } } }) as const;

const noteCopy = <Event>(news: (event: Event) => Partial<RecordsCopy>) =>
  ({ type: 'note copy', params: ({ event }: { event: Event }) => news(event) }) as const;

export const showCopying = noteCopy(({ fraction }: Copying) => ({ fraction }));
export const keepCopied = noteCopy(({ copied }: { copied: Copied }) => ({ copied }));
export const keepNotCopied = noteCopy(({ why }: { why: ExportFault }) => ({ why }));
/** The copying took too long. */
export const notCopied = {
  target: 'copy-failed',
  actions: ['stop copy', { type: 'note copy', params: { why: 'no-answer' } }],
} as const;

/** To the result of the last comparison. */
export const toResult = [{ guard: 'over the threshold', target: '#above' }, { target: '#below' }] as const;

/** Keeps of an event what the rest of the visit needs. */
const keep = <Event>(news: (event: Event, visit: Visit) => Partial<Visit>) =>
  ({
    type: 'note',
    params: ({ context, event }: { context: Context; event: Event }) => news(event, context.visit),
  }) as const;

export const keepVault = keep(({ model, modelHash, threshold }: TakenVault) => ({
  vault: { model, modelHash, threshold },
}));
export const keepDocument = keep(({ usable, findings }: Taken) => ({ document: { usable, findings } }));
export const keepProbe = {
  type: 'note',
  params: ({ context, event }: { context: Context; event: Taken }) => ({
    probe: underDemand(event, context.settings.liveness),
  }),
} as const;
export const keepComparison = keep(({ comparison }: { comparison: Comparison }, { comparisons }) => ({
  comparison,
  comparisons: comparisons + 1,
}));
export const keepReceipt = keep(({ number, at }: Receipt) => ({ receipt: { number, at } }));
export const showProgress = keep(({ fraction }: Progress) => ({ progress: fraction }));
export const showGuidance = keep(({ instruction, outline }: Guidance) => ({
  guidance: { instruction, outline },
}));
export const showRecordFault = keep(({ fault }: { fault: RecordFault }) => ({ recordFault: fault }));
