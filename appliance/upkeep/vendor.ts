import { assign, setup } from 'xstate';

import type { ExportFault } from '../export/protocol.js';
import type { Checked, CheckName } from '../health/check.js';
import { delaysFromContext, focusAfter, type ProcedureContext } from '../procedure/context.js';
import type { FromClerk } from '../procedure/event.js';
import { message, question } from '../procedure/question.js';
import { type BugListener, tasks } from '../procedure/task.js';
import type {
  Answer,
  BenchOutcome,
  Question,
  StepName,
  StepVerdict,
  TesterRequest,
} from '../protocol/bench-test.js';
import type { Button } from '../protocol/lights.js';
import type { BoxNumbers, VendorFault } from '../protocol/vendor.js';
import type { ScannerWait } from '../protocol/vault.js';
import type { Result } from '../result.js';
import type { Token } from '../vendor/token.js';
import type { UpkeepInput } from './input.js';
import type { Checks } from './self-test.js';

/** What a vendor may do, and nothing else. Each is recorded before it is done. */
export type VendorEffects = {
  /** Judges the token again, and records that a vendor entered. */
  enterVendor(): Promise<Result<VendorEntered, VendorFault>>;
  /** Makes the whole bench test. When it resolves, every process that it started is gone, unless it says otherwise. */
  benchTest(notify: (news: BenchNews) => void): Promise<Result<VendorReported, VendorUndone>>;
  /** The tester's answer to the request under way; undefined if nobody gave one, or the button does nothing. */
  answerBench(answer: Answer | undefined): void;
  /** Makes a self-test for a report. */
  examine(notify: (news: Checks) => void): Promise<Result<VendorReported, VendorUndone>>;
  /** Makes the bench test or the self-test resolve soon. */
  stopVendor(): void;
  /** Writes the last report to the stick. */
  saveReport(): Promise<Result<readonly string[], ExportFault | VendorFault | 'cancelled'>>;
};

/** In milliseconds. */
const delays = {
  /** Without an answer for this long, nobody is there. */
  answer: 180_000,
  /** Two small files take a slow stick some seconds. */
  save: 300_000,
};

type VendorUndone = 'erasure-unproven' | VendorFault;

/** What the menu shows: the numbers of box and image, and whether the token's last day could be checked. */
export type VendorEntered = { readonly numbers: BoxNumbers; readonly dated: boolean };

export type StepDone = { readonly step: StepName; readonly verdict: StepVerdict };

/** The report of a vendor's test, as far as the screen shows it. */
export type VendorReported =
  | { readonly of: 'bench-test'; readonly outcome: BenchOutcome; readonly steps: readonly StepDone[] }
  | { readonly of: 'doctor'; readonly checks: readonly Checked[] };

/** What the bench test does now; each replaces the one before. */
export type BenchNews = {
  readonly type: 'bench-progress';
  readonly steps: readonly StepDone[];
  readonly step?: StepName | undefined;
  readonly check?: CheckName | undefined;
  readonly waiting?: ScannerWait | undefined;
  readonly minutesLeft?: number | undefined;
  readonly request?: TesterRequest | undefined;
};

/** Whether a stick has a token that opens this box, or why its token does not. */
export type VendorStick =
  | { readonly is: 'none' }
  | { readonly is: 'found'; readonly token: Token }
  | { readonly is: 'refused'; readonly why: VendorFault; readonly numbers: BoxNumbers };

export type VendorNews = { readonly type: 'vendor-stick'; readonly stick: VendorStick };

type Event = FromClerk | VendorNews | FromEffect;
type FromEffect =
  | BenchNews
  | Checks
  | ({ readonly type: 'vendor-entered' } & VendorEntered)
  | { readonly type: 'vendor-tested'; readonly reported: VendorReported }
  | { readonly type: 'vendor-undone'; readonly why: VendorFault }
  | { readonly type: 'erasure-unproven' }
  | { readonly type: 'report-saved'; readonly names: readonly string[] }
  | { readonly type: 'report-unsaved'; readonly why: ExportFault | VendorFault };

type Context = ProcedureContext & {
  readonly token: Token;
  readonly entered: VendorEntered | undefined;
  readonly bench: BenchNews;
  readonly checks: Checks;
  readonly reported: VendorReported | undefined;
  /** The names of the reports on the stick; undefined if they are not there. */
  readonly saved: readonly string[] | undefined;
  readonly unsaved: ExportFault | VendorFault | undefined;
  readonly why: VendorFault | undefined;
  /** The stick was unplugged: all ends as soon as it can. */
  readonly gone: boolean;
  readonly erasureProven: boolean;
  readonly delays: UpkeepInput & typeof delays;
};

export type VendorInput = UpkeepInput & { readonly token: Token };

const types = {} as {
  context: Context;
  events: Event;
  input: VendorInput;
  /** The camera sees the room and the people in it: without proof of erasure the counter must stop. */
  output: { readonly erasureProven: boolean };
};

const nothingYet: BenchNews = { type: 'bench-progress', steps: [] };
const noChecks: Checks = { type: 'checked', checks: [] };

/** The question to the tester, or the button to press, if there is one. */
export const askedIn = ({ request }: BenchNews): Question | undefined =>
  request && 'ask' in request ? request.ask : undefined;
export const pressedIn = ({ request }: BenchNews): Button | undefined =>
  request && 'press' in request ? request.press : undefined;

type NotDone = Extract<FromEffect, { readonly type: 'vendor-undone' }>;
type Tested = Extract<FromEffect, { readonly type: 'vendor-tested' }>;

const notDone = {
  target: '#vendor-refused',
  actions: { type: 'fail', params: ({ event }: { event: NotDone }) => event.why },
} as const;
const unproven = { target: '#vendor-over', actions: 'unproven' } as const;

/** How a test ends: with a report, in silence if its stick is gone, or in a fault. */
const testEnds = {
  'vendor-tested': [
    { guard: 'gone', target: '#vendor-over' },
    {
      target: '#vendor-saving',
      actions: { type: 'keep report', params: ({ event }: { event: Tested }) => event.reported },
    },
  ],
  'vendor-undone': notDone,
  'erasure-unproven': unproven,
  // The processes with devices have to end before anything else begins.
  'vendor-stick': { guard: 'stick gone', actions: ['go', 'stop'] },
  cancel: { actions: 'stop' },
} as const;

/** The vendor's menu, between two visits: a bench test, a self-test with a report, and the reports to the stick. */
export const vendorMachine = (effects: VendorEffects & BugListener) => {
  const task = tasks<FromEffect>(effects);
  return setup({
    types,
    delays: delaysFromContext('key', 'answer', 'save'),
    actors: {
      enter: task<undefined>(
        async () => {
          const entered = await effects.enterVendor();
          return entered.ok
            ? { type: 'vendor-entered', ...entered.value }
            : { type: 'vendor-undone', why: entered.error };
        },
        { type: 'vendor-undone', why: 'unrecorded' },
      ),
      benchTest: task<undefined>(async (_none, notify) => testedOr(await effects.benchTest(notify)), {
        type: 'erasure-unproven',
      }),
      examine: task<undefined>(async (_none, notify) => testedOr(await effects.examine(notify)), {
        type: 'erasure-unproven',
      }),
      save: task<undefined>(
        async () => {
          const saved = await effects.saveReport();
          if (saved.ok) return { type: 'report-saved', names: saved.value };
          return { type: 'report-unsaved', why: saved.error === 'cancelled' ? 'no-answer' : saved.error };
        },
        { type: 'report-unsaved', why: 'no-answer' },
      ),
    },
    guards: {
      'stick gone': ({ context, event }) =>
        event.type === 'vendor-stick' &&
        !(event.stick.is === 'found' && event.stick.token.id === context.token.id),
      gone: ({ context }) => context.gone,
      reported: ({ context }) => context.reported !== undefined,
    },
    actions: {
      focus: assign(({ event }) => focusAfter(event)),
      go: assign({ gone: true }),
      fail: assign((_, why: VendorFault) => ({ why })),
      unproven: assign({ erasureProven: false }),
      'keep report': assign((_, reported: VendorReported) => ({
        reported,
        saved: undefined,
        unsaved: undefined,
      })),
      stop: () => effects.stopVendor(),
      yes: () => effects.answerBench('yes'),
      no: () => effects.answerBench('no'),
      'no answer': () => effects.answerBench(undefined),
    },
  }).createMachine({
    context: ({ input: { key, token } }) => ({
      focus: undefined,
      delays: { ...delays, key },
      token,
      entered: undefined,
      bench: nothingYet,
      checks: noChecks,
      reported: undefined,
      saved: undefined,
      unsaved: undefined,
      why: undefined,
      gone: false,
      erasureProven: true,
    }),
    output: ({ context: { erasureProven } }) => ({ erasureProven }),
    initial: 'vendor-entering',
    states: {
      'vendor-entering': {
        invoke: { src: 'enter' },
        on: {
          'vendor-entered': [
            { guard: 'gone', target: 'over' },
            {
              target: 'vendor-menu',
              actions: assign({ entered: ({ event: { numbers, dated } }) => ({ numbers, dated }) }),
            },
          ],
          'vendor-undone': notDone,
          'vendor-stick': { guard: 'stick gone', actions: 'go' },
        },
      },
      'vendor-menu': question(
        'vendor-menu',
        {
          'bench-test': 'bench-testing',
          'doctor-report': 'examining',
          'export-report': { guard: 'reported', target: 'vendor-saving' },
          done: 'over',
          back: 'over',
          cancel: 'over',
          'vendor-stick': { guard: 'stick gone', target: 'over' },
        },
        'over',
      ),
      'bench-testing': {
        entry: assign({ bench: nothingYet }),
        invoke: { src: 'benchTest' },
        initial: 'bench-working',
        on: {
          ...testEnds,
          'bench-progress': [
            {
              guard: ({ event }) => askedIn(event) !== undefined,
              target: '.bench-asking',
              actions: assign({ bench: ({ event }) => event }),
            },
            {
              guard: ({ event }) => pressedIn(event) !== undefined,
              target: '.bench-pressing',
              actions: assign({ bench: ({ event }) => event }),
            },
            { target: '.bench-working', actions: assign({ bench: ({ event }) => event }) },
          ],
        },
        states: {
          'bench-working': {},
          'bench-asking': {
            id: 'bench-asking',
            entry: 'focus',
            on: {
              'answer-yes': { actions: 'yes' },
              'answer-no': { actions: 'no' },
              back: { actions: 'no' },
              focus: { target: '#bench-asking', reenter: true },
            },
            after: { answer: { actions: 'no answer' } },
          },
          // The box's buttons reach the test itself.
          'bench-pressing': {
            on: { back: { actions: 'no answer' } },
            after: { answer: { actions: 'no answer' } },
          },
        },
      },
      examining: {
        entry: assign({ checks: noChecks }),
        invoke: { src: 'examine' },
        on: {
          ...testEnds,
          checked: { actions: assign({ checks: ({ event }) => event }) },
          back: { actions: 'stop' },
        },
      },
      'vendor-saving': {
        id: 'vendor-saving',
        invoke: { src: 'save' },
        on: {
          'report-saved': [
            { guard: 'gone', target: 'over' },
            {
              target: 'vendor-reported',
              actions: assign({ saved: ({ event: { names } }) => names, unsaved: undefined }),
            },
          ],
          'report-unsaved': [
            { guard: 'gone', target: 'over' },
            { target: 'vendor-reported', actions: assign({ unsaved: ({ event: { why } }) => why }) },
          ],
          'vendor-stick': { guard: 'stick gone', actions: 'go' },
        },
        after: { save: { target: 'vendor-reported', actions: assign({ unsaved: 'no-answer' as const }) } },
      },
      'vendor-reported': question(
        'vendor-reported',
        {
          done: 'vendor-menu',
          'export-report': 'vendor-saving',
          back: 'vendor-menu',
          cancel: 'vendor-menu',
          'vendor-stick': { guard: 'stick gone', target: 'over' },
        },
        'vendor-menu',
      ),
      'vendor-refused': message('vendor-refused', 'over'),
      over: { id: 'vendor-over', type: 'final' },
    },
  });
};

function testedOr(tested: Result<VendorReported, VendorUndone>): FromEffect {
  if (tested.ok) return { type: 'vendor-tested', reported: tested.value };
  return tested.error === 'erasure-unproven'
    ? { type: 'erasure-unproven' }
    : { type: 'vendor-undone', why: tested.error };
}
