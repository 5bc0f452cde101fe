import { assign, setup } from 'xstate';

import type { FaultCode } from '../findings.js';
import { nothingYet, type Context, type Ending, type Input, type SelfTest, type Visit } from './context.js';
import type { Delay } from './delays.js';
import { actorsFor, type Effects, type Taken } from './effects.js';
import type { VisitEvent } from './event.js';
import { underDemand } from './liveness.js';
import { isAbove } from './report.js';

const noted = (context: Context, news: Partial<Visit>) => ({ visit: { ...context.visit, ...news } });

/** A blocking finding makes a picture unusable, whatever else was said of it. */
const isUsable = (taken: Taken | undefined): boolean =>
  taken?.usable === true && !taken.findings.some(({ blocking }) => blocking);

const delay =
  (name: Delay) =>
  ({ context }: { context: Context }) =>
    context.settings.delays[name];

const types = {} as { context: Context; events: VisitEvent; input: Input };

/** The words in which `machine.ts` tells the procedure. */
export const vocabulary = (effects: Effects) =>
  setup({
    types,
    actors: actorsFor(effects),
    delays: {
      key: delay('key'),
      superior: delay('superior'),
      vault: delay('vault'),
      scan: delay('scan'),
      photograph: delay('photograph'),
      compare: delay('compare'),
      erase: delay('erase'),
      record: delay('record'),
      recordAgain: delay('recordAgain'),
      erased: delay('erased'),
    },
    guards: {
      able: ({ context }) => context.ability.is === 'able',
      unable: ({ context }) => context.ability.is === 'unable',
      'vault taken': ({ context }) => context.visit.vault !== undefined,
      'no picture begun': ({ context }) => !context.visit.pictures,
      'picture unusable': ({ event }) => event.type === 'picture-taken' && !isUsable(event),
      'photograph unusable': ({ context, event }) =>
        event.type === 'picture-taken' && !isUsable(underDemand(event, context.settings.liveness)),
      'document usable': ({ context }) => isUsable(context.visit.document),
      'probe usable': ({ context }) => isUsable(context.visit.probe),
      'over the threshold': ({ context, event }) =>
        isAbove(context, event.type === 'compared' ? event.comparison : context.visit.comparison),
      stopped: ({ event }) => event.type === 'tested' && event.stopped === true,
      'erasure proven': ({ context }) => context.visit.erasureProven,
    },
    actions: {
      begin: assign(({ context }) => ({ visit: { ...nothingYet, practice: context.practice } })),
      forget: assign({ visit: nothingYet }),
      focus: assign(({ event }) => ({ focus: event.type === 'focus' ? event.index : undefined })),
      note: assign(({ context }, news: Partial<Visit>) => noted(context, news)),
      examine: assign((_, selfTest: SelfTest) => ({ selfTest })),
      'stop self-test': () => effects.stopSelfTest(),
      end: assign(({ context }, ending: Ending) => noted(context, { ending })),
      fail: assign(({ context }, fault: FaultCode) =>
        noted(context, { ending: { outcome: 'fault', because: 'fault', fault } }),
      ),
    },
  });
