import { type ActorRefFrom, and, assign, not, type SnapshotFrom } from 'xstate';

import { type Context, initialContext } from './context.js';
import { machineSetup } from './machine-setup.js';
import type { Effects, ProcedureName } from './procedures.js';

type Args = { readonly context: Context };
const visitInput = ({ context: { settings, delays, practice } }: Args) => ({ settings, delays, practice });
const upkeepInput = ({ context: { delays } }: Args) => ({ key: delays.key });
const updateInput = ({ context: { delays, offer } }: Args) => ({
  key: delays.key,
  version: offer.is === 'found' ? offer.version : '',
});

const changesInput = ({ context: { delays, changes } }: Args) => ({ key: delays.key, changes });

const vendorInput = ({ context: { delays, vendor } }: Args) => {
  if (vendor.is !== 'found') throw new Error('no token');
  return { key: delays.key, token: vendor.token };
};

/** A state in which a procedure runs. It receives every event, except for news that only the counter needs. */
const run = <const Name extends ProcedureName, Input, const OnDone>(
  name: Name,
  input: Input,
  onDone: OnDone,
) =>
  ({
    invoke: { src: name, id: name, input, onSnapshot: {}, onDone },
    on: { '*': { guard: 'for the procedure', actions: 'forward' } },
  }) as const;

/** What is on it is told when it was looked at. */
const lookAtStick = ['look at stick', 'stick is being looked at', 'focus'] as const;

/** Back to `idle`, unless a process may still hold a face. */
const onceProven = [
  {
    guard: {
      type: 'erasure proven',
      params: ({ event }: { event: { output: { erasureProven: boolean } } }) => event.output,
    },
    target: 'idle',
  },
  { target: 'unproven' },
] as const;

/** What was agreed to needs no second look; the core tells of anything that changed meanwhile. */
const onceSeen = [
  {
    guard: {
      type: 'agreed',
      params: ({ event }: { event: { output: { agreed: boolean } } }) => event.output,
    },
    target: 'idle',
    actions: 'forget changes',
  },
  { target: 'idle' },
] as const;

/**
 * The counter, for as long as the core runs. From `idle` it starts one procedure at a time, hands it every event, and
 * comes back when it is over; unless something of a visitor may be left.
 */
export const counterMachine = (effects: Effects) =>
  machineSetup(effects).createMachine({
    context: ({ input }) => initialContext(input),
    on: {
      available: {
        actions: assign(({ event }) => ({ availability: { is: 'available' }, practice: event.practice })),
      },
      unavailable: {
        actions: assign(({ event }) => ({ availability: { is: 'unavailable', fault: event.fault } })),
      },
      clock: { actions: assign(({ event }) => ({ clockSettable: event.settable })) },
      offer: { actions: [assign(({ event }) => ({ offer: event.offer })), 'forward'] },
      'unseen-stick': { actions: assign(({ event }) => ({ unseenStick: event.there })) },
      stick: { actions: [assign(({ event }) => ({ stick: event.there })), 'forward'] },
      changes: { actions: [assign(({ event }) => ({ changes: event.changes })), 'forward'] },
      'vendor-stick': { actions: [assign(({ event }) => ({ vendor: event.stick })), 'forward'] },
      returned: {
        actions: assign(({ event: { version, why } }) => ({ returned: { version, why } })),
      },
    },
    initial: 'starting',
    states: {
      starting: {
        always: [
          { guard: 'available', target: 'idle' },
          { guard: 'unavailable', target: 'unavailable' },
        ],
      },
      unavailable: {
        entry: 'focus',
        always: { guard: 'available', target: 'idle' },
        on: {
          'self-test': 'self-test',
          // A key that is agreed to may be what is missing.
          'see-changes': { guard: 'changed', target: 'changes' },
          'look-at-stick': { guard: 'unseen stick', actions: lookAtStick },
          // A newer version may fix what is wrong.
          update: { guard: 'update found', target: 'update' },
          'copy-records': { guard: 'stick without update', target: 'copy-records' },
          // A box that is being built may lack a device.
          vendor: { guard: 'vendor found', target: 'vendor' },
          focus: { actions: 'focus' },
        },
      },
      idle: {
        entry: 'focus',
        always: { guard: 'unavailable', target: 'unavailable' },
        on: {
          begin: [{ guard: 'changed', target: 'changes' }, { target: 'visit' }],
          'self-test': 'self-test',
          'set-clock': { guard: 'clock settable', target: 'set-clock' },
          'look-at-stick': { guard: and(['unseen stick', not('returned')]), actions: lookAtStick },
          update: { guard: and(['update found', not('returned')]), target: 'update' },
          'copy-records': { guard: and(['stick without update', not('returned')]), target: 'copy-records' },
          vendor: { guard: and(['vendor found', not('returned')]), target: 'vendor' },
          // The clerk reads about the last update before the next one begins.
          dismiss: {
            guard: 'returned',
            actions: ['forget update', assign({ returned: undefined }), 'focus'],
          },
          focus: { actions: 'focus' },
        },
      },

      visit: run('visit', visitInput, onceProven),
      // Procedures between two visits: without a visitor, and so without a record.
      'self-test': run('self-test', upkeepInput, onceProven),
      'set-clock': run('set-clock', upkeepInput, 'idle'),
      update: run('update', updateInput, 'idle'),
      'copy-records': run('copy-records', upkeepInput, 'idle'),
      changes: run('changes', changesInput, onceSeen),
      vendor: run('vendor', vendorInput, onceProven),
      // Only pulling the plug leads out of here, whatever the core reports.
      unproven: { on: { available: {}, unavailable: {} } },
    },
  });

export type CounterMachine = ReturnType<typeof counterMachine>;
export type CounterActor = ActorRefFrom<CounterMachine>;
export type CounterSnapshot = SnapshotFrom<CounterMachine>;
