import { assign, setup } from 'xstate';

import type { Checked, CheckName } from '../health/check.js';
import { delaysFromContext, focusAfter, type ProcedureContext } from '../procedure/context.js';
import type { FromClerk } from '../procedure/event.js';
import { question } from '../procedure/question.js';
import { type BugListener, tasks } from '../procedure/task.js';
import type { ScannerWait } from '../protocol/vault.js';
import type { Result } from '../result.js';
import type { UpkeepInput } from './input.js';

export type SelfTestEffects = {
  /** Checks the machine itself and reports each step. When it resolves, every process it started is gone. */
  selfTest(notify: (news: Checks) => void): Promise<Result<SelfTested, 'erasure-unproven'>>;
  /** Makes the self-test resolve soon, with `stopped`. */
  stopSelfTest(): void;
};

export type SelfTested = {
  readonly checks: readonly Checked[];
  /** It was stopped before its end. */
  readonly stopped: boolean;
};

/** The checks done so far, the one under way, and what it waits for. */
export type Checks = {
  readonly type: 'checked';
  readonly checks: readonly Checked[];
  readonly now?: CheckName | undefined;
  readonly waiting?: ScannerWait | undefined;
};

type Event = FromClerk | FromEffect;
type FromEffect = Checks | ({ readonly type: 'tested' } & SelfTested) | { readonly type: 'erasure-unproven' };

type Context = ProcedureContext & {
  readonly checks: readonly Checked[];
  readonly now: CheckName | undefined;
  readonly waiting: ScannerWait | undefined;
  readonly erasureProven: boolean;
  readonly delays: UpkeepInput;
};

const types = {} as {
  context: Context;
  events: Event;
  input: UpkeepInput;
  /** The camera sees the room and the people in it: without proof of erasure the counter must stop. */
  output: { readonly erasureProven: boolean };
};

/** Checks cameras, scanner, models and the rest, and shows what it found. */
export const selfTestMachine = (effects: SelfTestEffects & BugListener) => {
  const task = tasks<FromEffect>(effects);
  return setup({
    types,
    delays: delaysFromContext('key'),
    actors: {
      selfTest: task<undefined>(
        async (_none, notify) => {
          const tested = await effects.selfTest(notify);
          return tested.ok ? { type: 'tested', ...tested.value } : { type: 'erasure-unproven' };
        },
        { type: 'erasure-unproven' },
      ),
    },
    guards: { stopped: (_, { stopped }: SelfTested) => stopped },
    actions: {
      focus: assign(({ event }) => focusAfter(event)),
      stop: () => effects.stopSelfTest(),
    },
  }).createMachine({
    context: ({ input }) => ({
      focus: undefined,
      delays: input,
      checks: [],
      now: undefined,
      waiting: undefined,
      erasureProven: true,
    }),
    output: ({ context: { erasureProven } }) => ({ erasureProven }),
    initial: 'testing',
    states: {
      testing: {
        entry: assign({ checks: [], now: undefined, waiting: undefined }),
        invoke: { src: 'selfTest' },
        on: {
          checked: { actions: assign(({ event: { checks, now, waiting } }) => ({ checks, now, waiting })) },
          tested: [
            { guard: { type: 'stopped', params: ({ event }) => event }, target: 'over' },
            { target: 'tested', actions: assign(({ event: { checks } }) => ({ checks, now: undefined })) },
          ],
          'erasure-unproven': { target: 'over', actions: assign({ erasureProven: false }) },
          back: { actions: 'stop' },
          cancel: { actions: 'stop' },
        },
      },
      tested: question(
        'tested',
        { done: 'over', 'self-test': 'testing', back: 'over', cancel: 'over' },
        'over',
      ),
      over: { type: 'final' },
    },
  });
};
