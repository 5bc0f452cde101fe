import { assign, setup } from 'xstate';

import type { NotSet } from '../clock/clock.js';
import type { FaultCode } from '../findings.js';
import {
  noCopy,
  nothingYet,
  noUpdate,
  type ClockSet,
  type Context,
  type Ending,
  type Input,
  type RecordsCopy,
  type SelfTest,
  type Update,
  type Visit,
} from './context.js';
import type { Delay } from './delays.js';
import { actorsFor, type Effects, type Taken } from './effects.js';
import type { VisitEvent } from './event.js';
import { underDemand } from './liveness.js';
import { isAbove } from './report.js';
import { beginning, type Setting } from './setting.js';

const noted = (context: Context, news: Partial<Visit>) => ({ visit: { ...context.visit, ...news } });

/** A blocking finding makes a picture unusable, whatever else was said of it. */
const isUsable = (taken: Taken | undefined): boolean =>
  taken?.usable === true && !taken.findings.some(({ blocking }) => blocking);

const notSetBecause = ({ clockSet }: Context, why: NotSet): boolean =>
  clockSet?.is === 'not-set' && clockSet.why === why;

const delay =
  (name: Delay) =>
  ({ context }: { context: Context }) =>
    context.settings.delays[name];

const types = {} as { context: Context; events: VisitEvent; input: Input };

/** The words in which `machine.ts` tells the procedure. */
export const machineSetup = (effects: Effects) =>
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
      setClock: delay('setClock'),
      update: delay('update'),
      restart: delay('restart'),
      copy: delay('copy'),
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
      'clock settable': ({ context }) => context.settable,
      'part open': ({ context }) => context.setting?.opened !== undefined,
      'before the last record': ({ context }) => notSetBecause(context, 'before-record'),
      // Trying again would be of no use.
      'clock denied': ({ context }) => notSetBecause(context, 'clock-denied'),
      'update found': ({ context }) => context.update.offer.is === 'found',
      // The update comes first: the stick is its own.
      'stick without update': ({ context }) => context.stick && context.update.offer.is !== 'found',
      returned: ({ context }) => context.update.returned !== undefined,
      'nothing written': ({ context }) => !context.update.progress.writing,
      'erasure proven': ({ context }) => context.visit.erasureProven,
    },
    actions: {
      begin: assign(({ context }) => ({ visit: { ...nothingYet, practice: context.practice } })),
      forget: assign({ visit: nothingYet }),
      focus: assign(({ event }) => ({ focus: event.type === 'focus' ? event.index : undefined })),
      note: assign(({ context }, news: Partial<Visit>) => noted(context, news)),
      examine: assign((_, selfTest: SelfTest) => ({ selfTest })),
      'tell clock': assign(({ event }) => (event.type === 'clock' ? { settable: event.settable } : {})),
      'begin setting': assign(() => ({ setting: beginning(effects.guessTime()), clockSet: undefined })),
      'change time': assign(({ context: { setting } }) => ({
        setting: setting && { ...setting, stop: 0 },
        clockSet: undefined,
      })),
      'go on setting': assign((_, setting: Setting) => ({ setting })),
      'keep clock set': assign((_, clockSet: ClockSet) => ({ clockSet })),
      'tell offer': assign(({ context, event }) =>
        event.type === 'offer' ? { update: { ...context.update, offer: event.offer } } : {},
      ),
      'tell returned': assign(({ context, event }) =>
        event.type === 'returned'
          ? { update: { ...context.update, returned: { version: event.version, why: event.why } } }
          : {},
      ),
      'agree to update': assign(({ context: { update } }) => ({
        update: {
          ...update,
          version: update.offer.is === 'found' ? update.offer.version : undefined,
          progress: noUpdate.progress,
        },
      })),
      'note update': assign(({ context }, news: Partial<Update>) => ({
        update: { ...context.update, ...news },
      })),
      'tell stick': assign(({ event }) => (event.type === 'stick' ? { stick: event.there } : {})),
      'begin copy': assign({ copy: noCopy }),
      'note copy': assign(({ context }, news: Partial<RecordsCopy>) => ({
        copy: { ...context.copy, ...news },
      })),
      'stop copy': () => effects.stopCopy(),
      'forget update': () => effects.forgetUpdate(),
      'stop update': () => effects.stopUpdate(),
      'stop self-test': () => effects.stopSelfTest(),
      end: assign(({ context }, ending: Ending) => noted(context, { ending })),
      fail: assign(({ context }, fault: FaultCode) =>
        noted(context, { ending: { outcome: 'fault', because: 'fault', fault } }),
      ),
    },
  });
