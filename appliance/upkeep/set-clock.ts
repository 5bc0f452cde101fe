import { assign, not, setup } from 'xstate';

import type { NotSet } from '../clock/clock.js';
import type { Minute } from '../clock/minute.js';
import type { BatterySet } from '../clock/set-protocol.js';
import { delaysFromContext, focusAfter, type ProcedureContext } from '../procedure/context.js';
import type { FromClerk } from '../procedure/event.js';
import { question } from '../procedure/question.js';
import { type BugListener, tasks } from '../procedure/task.js';
import type { Result } from '../result.js';
import type { UpkeepInput } from './input.js';
import { focusedPart, revert, startEntry, type TimeEntry, toggle, turn } from './time-entry.js';

export type SetClockEffects = {
  /** The best guess of the time, from which the clerk starts. */
  guessTime(): Minute;
  /** Sets the clock; `corrected` if the clerk says that the last record had a wrong time. */
  setClock(time: Minute, corrected: boolean): Promise<Result<BatterySet, NotSet>>;
};

/** In milliseconds. */
const delays = {
  /** The program that sets the clock is stopped after ten seconds. */
  setClock: 15_000,
  /** How long the good result stays on the screen. */
  notice: 10_000,
};

type Event = FromClerk | FromEffect;
type FromEffect = ClockSet | ClockNotSet;
type ClockSet = { readonly type: 'clock-set'; readonly battery: BatterySet };
type ClockNotSet = { readonly type: 'clock-not-set'; readonly why: NotSet };

type Context = ProcedureContext & {
  readonly entry: TimeEntry;
  readonly battery: BatterySet | undefined;
  readonly why: NotSet | undefined;
  readonly delays: UpkeepInput & typeof delays;
};

type SetInput = { readonly time: Minute; readonly corrected: boolean };

const types = {} as { context: Context; events: Event; input: UpkeepInput };

/** The clerk sets the clock. No record of it: each record says by whose word its time is trusted. */
export const setClockMachine = (effects: SetClockEffects & BugListener) => {
  const task = tasks<FromEffect>(effects);
  return setup({
    types,
    delays: delaysFromContext('key', 'setClock', 'notice'),
    actors: {
      setClock: task<SetInput>(
        async ({ time, corrected }) => {
          const set = await effects.setClock(time, corrected);
          return set.ok
            ? { type: 'clock-set', battery: set.value }
            : { type: 'clock-not-set', why: set.error };
        },
        { type: 'clock-not-set', why: 'clock-failed' },
      ),
    },
    guards: {
      'on a part': ({ context }) => focusedPart(context.entry) !== undefined,
      'part open': ({ context }) => context.entry.opened !== undefined,
      'before the last record': ({ context }) => context.why === 'before-record',
      // Another attempt would fail as well.
      'clock denied': ({ context }) => context.why === 'clock-denied',
    },
    actions: {
      focus: assign(({ event }) => focusAfter(event)),
      revert: assign(({ context }) => ({ entry: revert(context.entry) })),
      'change time': assign(({ context }) => ({ entry: { ...context.entry, stop: 0 }, why: undefined })),
      fail: assign((_, why: NotSet) => ({ why })),
    },
  }).createMachine({
    context: ({ input }) => ({
      focus: undefined,
      delays: { ...delays, ...input },
      entry: startEntry(effects.guessTime()),
      battery: undefined,
      why: undefined,
    }),
    initial: 'setting-clock',
    states: {
      'setting-clock': {
        entry: 'focus',
        on: {
          'set-time': 'applying-clock',
          turn: {
            target: 'setting-clock',
            reenter: true,
            actions: assign(({ context, event }) => ({ entry: turn(context.entry, event) })),
          },
          toggle: {
            guard: 'on a part',
            target: 'setting-clock',
            reenter: true,
            actions: assign(({ context }) => ({ entry: toggle(context.entry) })),
          },
          back: [
            { guard: 'part open', target: 'setting-clock', reenter: true, actions: 'revert' },
            { target: 'over' },
          ],
          cancel: 'over',
        },
        after: { key: 'over' },
      },
      'applying-clock': {
        invoke: {
          src: 'setClock',
          input: ({ context: { entry, why } }) => ({
            time: entry.time,
            // The clerk was warned that the time lies before the last record, and chose to set it anyway.
            corrected: why === 'before-record',
          }),
        },
        on: {
          'clock-set': {
            target: 'clock-set',
            actions: assign(({ event: { battery } }) => ({ battery })),
          },
          'clock-not-set': {
            target: 'clock-not-set',
            actions: { type: 'fail', params: ({ event: { why } }) => why },
          },
        },
        after: {
          setClock: { target: 'clock-not-set', actions: { type: 'fail', params: 'clock-failed' } },
        },
      },
      'clock-set': {
        entry: 'focus',
        on: { done: 'over', back: 'over', cancel: 'over' },
        after: { notice: 'over' },
      },
      'clock-not-set': question(
        'clock-not-set',
        {
          'change-time': { guard: not('clock denied'), target: 'setting-clock', actions: 'change time' },
          'set-anyway': { guard: 'before the last record', target: 'applying-clock' },
          done: 'over',
          back: { guard: not('clock denied'), target: 'setting-clock', actions: 'change time' },
          cancel: 'over',
        },
        'over',
      ),
      over: { type: 'final' },
    },
  });
};
