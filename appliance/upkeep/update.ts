import { assign, setup } from 'xstate';

import { delaysFromContext, focusAfter, type ProcedureContext } from '../procedure/context.js';
import type { FromClerk } from '../procedure/event.js';
import { decision, message } from '../procedure/question.js';
import { type BugListener, tasks } from '../procedure/task.js';
import type { Result } from '../result.js';
import type { Progress, ReturnedBecause, UpdateFault } from '../update/protocol.js';
import type { UpkeepInput } from './input.js';

export type UpdateEffects = {
  /** Installs the version that the clerk agreed to. */
  update(
    version: string,
    notify: (news: UpdateProgress) => void,
  ): Promise<Result<undefined, UpdateFault | 'cancelled'>>;
  /** Makes the update resolve soon, if it has written nothing yet. */
  stopUpdate(): void;
  /** Restarts the box into the installed version. */
  restart(): Promise<Result<undefined, UpdateFault>>;
  /** The clerk has read that the box returned to its old version. */
  forgetUpdate(): void;
};

/** In milliseconds. */
const delays = {
  /** Two gigabytes for the other slot take a slow card ten minutes. */
  update: 3_600_000,
  /** The box ends everything that runs before it starts again. */
  restart: 120_000,
};

/** What a USB stick offers. */
export type Offer =
  | { readonly is: 'none' }
  | { readonly is: 'found'; readonly version: string }
  | { readonly is: 'refused'; readonly why: UpdateFault };

/** The version that the box gave up after an update, and why. */
export type Returned = { readonly version: string; readonly why: ReturnedBecause };

export type OfferNews = { readonly type: 'offer'; readonly offer: Offer };

export type UpdateProgress = { readonly type: 'update-progress' } & Progress;

type Event = FromClerk | OfferNews | FromEffect;
type FromEffect = UpdateProgress | { readonly type: 'updated' | 'update-cancelled' | 'leaving' } | NotUpdated;
type NotUpdated = { readonly type: 'not-updated'; readonly why: UpdateFault };

type Context = ProcedureContext & {
  /** The version on the stick; from the clerk's yes on, the one agreed to. */
  readonly version: string;
  readonly progress: Progress;
  readonly why: UpdateFault | undefined;
  readonly delays: UpkeepInput & typeof delays;
};

type Input = UpkeepInput & { readonly version: string };

const types = {} as { context: Context; events: Event; input: Input };

const notUpdated = {
  target: 'update-failed',
  actions: { type: 'fail', params: ({ event }: { event: NotUpdated }) => event.why },
} as const;

const timedOut = (why: UpdateFault) =>
  ({ target: 'update-failed', actions: { type: 'fail', params: why } }) as const;

/** Installs the update on a stick and restarts the box: only here, where nothing of a visitor is left. */
export const updateMachine = (effects: UpdateEffects & BugListener) => {
  const task = tasks<FromEffect>(effects);
  return setup({
    types,
    delays: delaysFromContext('key', 'update', 'restart'),
    actors: {
      update: task<string>(
        async (version, notify) => {
          const updated = await effects.update(version, notify);
          if (updated.ok) return { type: 'updated' };
          return updated.error === 'cancelled'
            ? { type: 'update-cancelled' }
            : { type: 'not-updated', why: updated.error };
        },
        { type: 'not-updated', why: 'no-answer' },
      ),
      restart: task<undefined>(
        async () => {
          const restarted = await effects.restart();
          return restarted.ok ? { type: 'leaving' } : { type: 'not-updated', why: restarted.error };
        },
        { type: 'not-updated', why: 'restart-failed' },
      ),
    },
    guards: {
      'update found': ({ event }) => event.type === 'offer' && event.offer.is === 'found',
      'nothing written': ({ context }) => !context.progress.writing,
    },
    actions: {
      focus: assign(({ event }) => focusAfter(event)),
      'keep version': assign(({ event }) =>
        event.type === 'offer' && event.offer.is === 'found' ? { version: event.offer.version } : {},
      ),
      fail: assign((_, why: UpdateFault) => ({ why })),
      stop: () => effects.stopUpdate(),
    },
  }).createMachine({
    context: ({ input: { key, version } }) => ({
      focus: undefined,
      delays: { ...delays, key },
      version,
      progress: { fraction: 0, writing: false },
      why: undefined,
    }),
    initial: 'update-found',
    states: {
      'update-found': decision(
        'update-found',
        {
          'install-update': 'updating',
          'not-now': 'over',
          back: 'over',
          cancel: 'over',
          offer: [{ guard: 'update found', actions: 'keep version' }, { target: 'over' }],
        },
        'over',
      ),
      updating: {
        invoke: { src: 'update', input: ({ context }) => context.version },
        on: {
          'update-progress': {
            actions: assign(({ event: { fraction, writing } }) => ({ progress: { fraction, writing } })),
          },
          updated: 'restarting',
          'not-updated': notUpdated,
          'update-cancelled': 'over',
          back: { guard: 'nothing written', actions: 'stop' },
          cancel: { guard: 'nothing written', actions: 'stop' },
        },
        after: { update: timedOut('no-answer') },
      },
      restarting: {
        invoke: { src: 'restart' },
        on: { 'not-updated': notUpdated },
        after: { restart: timedOut('restart-failed') },
      },
      'update-failed': message('update-failed', 'over'),
      over: { type: 'final' },
    },
  });
};
