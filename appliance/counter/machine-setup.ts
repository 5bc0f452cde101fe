import { assign, enqueueActions, setup } from 'xstate';

import { focusAfter } from '../procedure/context.js';
import type { Context, Input } from './context.js';
import type { CounterEvent, News } from './event.js';
import { type Children, type Effects, procedures } from './procedures.js';

const types = {} as { context: Context; events: CounterEvent; input: Input; children: Children };

const news: Record<News['type'], true> = {
  available: true,
  unavailable: true,
  clock: true,
  offer: true,
  returned: true,
  stick: true,
  'unseen-stick': true,
  'vendor-stick': true,
  changes: true,
};

/** The guards, actions and actors that `machine.ts` refers to by name. */
export const machineSetup = (effects: Effects) =>
  setup({
    types,
    actors: procedures(effects),
    guards: {
      available: ({ context }) => context.availability.is === 'available',
      unavailable: ({ context }) => context.availability.is === 'unavailable',
      'clock settable': ({ context }) => context.clockSettable,
      'update found': ({ context }) => context.offer.is === 'found',
      'unseen stick': ({ context }) => context.unseenStick,
      // A stick with an update, or with a vendor's token, is for that alone.
      'stick without update': ({ context }) =>
        context.stick && context.offer.is !== 'found' && context.vendor.is !== 'found',
      'vendor found': ({ context }) => context.vendor.is === 'found',
      changed: ({ context }) => context.changes.length > 0,
      returned: ({ context }) => context.returned !== undefined,
      'for the procedure': ({ event }) => !(event.type in news) && !event.type.startsWith('xstate.'),
      agreed: (_, output: { readonly agreed: boolean }) => output.agreed,
      'erasure proven': (_, output: { readonly erasureProven: boolean }) => output.erasureProven,
    },
    actions: {
      focus: assign(({ event }) => focusAfter(event)),
      'forget changes': assign({ changes: [] }),
      'look at stick': () => effects.lookAtStick(),
      'stick is being looked at': assign({ unseenStick: false }),
      'forget update': () => effects.forgetUpdate(),
      forward: enqueueActions(({ enqueue, event, self }) => {
        const [procedure] = Object.values(self.getSnapshot().children);
        if (procedure) enqueue.sendTo(procedure, event);
      }),
    },
  });
