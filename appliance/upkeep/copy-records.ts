import { assign, setup } from 'xstate';

import type { ExportFault, Readers } from '../export/protocol.js';
import { delaysFromContext, focusAfter, type ProcedureContext } from '../procedure/context.js';
import type { FromClerk } from '../procedure/event.js';
import { decision, message, question } from '../procedure/question.js';
import { type BugListener, tasks } from '../procedure/task.js';
import type { Result } from '../result.js';
import type { UpkeepInput } from './input.js';
import type { OfferNews } from './update.js';

export type CopyRecordsEffects = {
  /** Copies the records to the stick. */
  copyRecords(notify: (news: CopyProgress) => void): Promise<Result<Copied, ExportFault | 'cancelled'>>;
  /** Makes the copy resolve soon, with nothing of it left on the stick unless it was complete just then. */
  stopCopy(): void;
  copyReaders(): Readers;
};

/** In milliseconds. */
const delays = {
  /** The records of ten years take a slow stick some minutes. */
  copy: 1_800_000,
};

/** The copy on the stick: its file name, how many records it holds, and whether their chain is whole. */
export type Copied = { readonly name: string; readonly count: number; readonly whole: boolean };

/** Whether a USB stick is there that was looked at, and that the records could be copied to. */
export type StickNews = { readonly type: 'stick'; readonly there: boolean };

/** `fraction` from 0 to 1. */
export type CopyProgress = { readonly type: 'copy-progress'; readonly fraction: number };

type Event = FromClerk | StickNews | OfferNews | FromEffect;
type FromEffect =
  | CopyProgress
  | { readonly type: 'copied'; readonly copied: Copied }
  | { readonly type: 'copy-cancelled' }
  | { readonly type: 'not-copied'; readonly why: ExportFault };

type Context = ProcedureContext & {
  readonly readers: Readers;
  /** Whether the stick was pulled out since the clerk was asked: the next one is another. */
  readonly pulled: boolean;
  readonly fraction: number;
  readonly copied: Copied | undefined;
  readonly why: ExportFault | undefined;
  readonly delays: UpkeepInput & typeof delays;
};

const types = {} as { context: Context; events: Event; input: UpkeepInput };

/** Copies the records to a stick. Between two visits, so that no record is written meanwhile. */
export const copyRecordsMachine = (effects: CopyRecordsEffects & BugListener) => {
  const task = tasks<FromEffect>(effects);
  return setup({
    types,
    delays: delaysFromContext('key', 'copy'),
    actors: {
      copyRecords: task<undefined>(
        async (_none, notify) => {
          const copied = await effects.copyRecords(notify);
          if (copied.ok) return { type: 'copied', copied: copied.value };
          return copied.error === 'cancelled'
            ? { type: 'copy-cancelled' }
            : { type: 'not-copied', why: copied.error };
        },
        { type: 'not-copied', why: 'no-answer' },
      ),
    },
    guards: {
      'stick gone': ({ event }) => event.type === 'stick' && !event.there,
      'another stick': ({ event, context }) => event.type === 'stick' && event.there && context.pulled,
      'update found': ({ event }) => event.type === 'offer' && event.offer.is === 'found',
    },
    actions: {
      focus: assign(({ event }) => focusAfter(event)),
      'note the gap': assign({ pulled: true }),
      'start anew': assign({ pulled: false, fraction: 0, why: undefined }),
      fail: assign((_, why: ExportFault) => ({ why })),
      stop: () => effects.stopCopy(),
    },
  }).createMachine({
    context: ({ input }) => ({
      focus: undefined,
      delays: { ...delays, ...input },
      readers: effects.copyReaders(),
      pulled: false,
      fraction: 0,
      copied: undefined,
      why: undefined,
    }),
    initial: 'copy-asked',
    states: {
      'copy-asked': decision(
        'copy-asked',
        {
          'copy-now': 'copying',
          'not-now': 'over',
          back: 'over',
          cancel: 'over',
          stick: { guard: 'stick gone', target: 'over' },
          // A stick with an update is for that alone.
          offer: { guard: 'update found', target: 'over' },
        },
        'over',
      ),
      copying: {
        invoke: { src: 'copyRecords' },
        on: {
          stick: { guard: 'stick gone', actions: 'note the gap' },
          'copy-progress': { actions: assign(({ event: { fraction } }) => ({ fraction })) },
          copied: { target: 'copied', actions: assign(({ event: { copied } }) => ({ copied })) },
          'not-copied': {
            target: 'copy-failed',
            actions: { type: 'fail', params: ({ event: { why } }) => why },
          },
          'copy-cancelled': 'over',
          back: { actions: 'stop' },
          cancel: { actions: 'stop' },
        },
        after: {
          copy: { target: 'copy-failed', actions: ['stop', { type: 'fail', params: 'no-answer' }] },
        },
      },
      copied: message('copied', 'over'),
      // A full, locked or pulled stick ends nothing: another one that is plugged in is asked about anew.
      'copy-failed': question(
        'copy-failed',
        {
          done: 'over',
          back: 'over',
          cancel: 'over',
          stick: [
            { guard: 'stick gone', actions: 'note the gap' },
            { guard: 'another stick', target: 'copy-asked', actions: 'start anew' },
          ],
          offer: { guard: 'update found', target: 'over' },
        },
        'over',
      ),
      over: { type: 'final' },
    },
  });
};
