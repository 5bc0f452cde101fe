import { assign, setup } from 'xstate';

import type { FaultCode } from '../findings.js';
import { delaysFromContext, focusAfter } from '../procedure/context.js';
import type { BugListener } from '../procedure/task.js';
import type { Context, Ending, VisitData, VisitInput } from './context.js';
import { type Delay, delays } from './delays.js';
import { actorsFor, type VisitEffects } from './effects.js';
import type { VisitEvent } from './event.js';
import { applyLiveness } from './liveness.js';
import { isAbove } from './report.js';
import { lastOf } from './tries.js';
import { isUsable } from './usable.js';

const endingBy = (fault: FaultCode): Ending => ({ outcome: 'fault', because: 'fault', fault });

const types = {} as {
  context: Context;
  events: VisitEvent;
  input: VisitInput;
  /** Without proof of erasure no other visit may begin. */
  output: { readonly erasureProven: boolean };
};

/** The guards, actions and actors that `machine.ts` refers to by name. */
export const machineSetup = (effects: VisitEffects & BugListener) =>
  setup({
    types,
    actors: actorsFor(effects),
    delays: delaysFromContext(...(Object.keys(delays) as Delay[])),
    guards: {
      'vault taken': ({ context }) => context.vault !== undefined,
      'no picture begun': ({ context }) => !context.pictures,
      'picture unusable': ({ event }) => event.type === 'picture-taken' && !isUsable(event),
      'photograph unusable': ({ context, event }) =>
        event.type === 'picture-taken' && !isUsable(applyLiveness(event, context.settings.liveness)),
      'document usable': ({ context }) => isUsable(context.document),
      'probe usable': ({ context }) => isUsable(context.probe),
      'over the threshold': ({ context, event }) =>
        isAbove(context, event.type === 'compared' ? event.comparison : lastOf(context.tries)),
      'photograph left': ({ context: { settings, tries } }) =>
        tries.photographs < settings.limits.photographs,
      'scan left': ({ context: { settings, tries } }) => tries.scans < settings.limits.scans,
      'erasure proven': ({ context }) => context.erasureProven,
    },
    actions: {
      focus: assign(({ event }) => focusAfter(event)),
      note: assign((_, news: Partial<VisitData>) => news),
      end: assign((_, ending: Ending) => ({ ending })),
      fail: assign((_, fault: FaultCode) => ({ ending: endingBy(fault) })),
    },
  });
