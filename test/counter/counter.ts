import { createActor, SimulatedClock } from 'xstate';

import type { Minute } from '../../appliance/clock/minute.js';
import type { FaultCode, Finding } from '../../appliance/findings.js';
import { present } from '../../appliance/core/present.js';
import type { View } from '../../appliance/panel/view.js';
import type { Key } from '../../appliance/protocol/key.js';
import type { Change } from '../../appliance/record/change.js';
import type { VisitReport } from '../../appliance/record/entry.js';
import { err, ok, type Result } from '../../appliance/result.js';
import type { Input } from '../../appliance/counter/context.js';
import type { CounterEvent } from '../../appliance/counter/event.js';
import { counterMachine } from '../../appliance/counter/machine.js';
import { type Effects, procedures } from '../../appliance/counter/procedures.js';
import { activeOf, type CounterState, observe, stateOf } from '../../appliance/counter/snapshot.js';
import { choicesOf, keyTimeoutOf, press, type ProcedureSnapshot } from '../../appliance/procedure/choices.js';
import type { CopyProgress } from '../../appliance/upkeep/copy-records.js';
import type { Checks } from '../../appliance/upkeep/self-test.js';
import type { UpdateProgress } from '../../appliance/upkeep/update.js';
import type { BenchNews } from '../../appliance/upkeep/vendor.js';
import type { Answer } from '../../appliance/protocol/bench-test.js';
import type { Token } from '../../appliance/vendor/token.js';
import type {
  Guidance,
  Picture,
  Progress,
  Receipt,
  Recogniser,
  Waiting,
} from '../../appliance/visit/news.js';

export const inDoubt: Input = { way: 'card', policy: 'in-doubt' };

export const vault: Recogniser = { model: 'faceres', modelHash: 'c'.repeat(64), threshold: 0.45 };
export const mask: Finding = { side: 'probe', code: 'mouth-covered', blocking: true };
export const glare: Finding = { side: 'document', code: 'no-portrait', blocking: true };
export const small: Finding = { side: 'document', code: 'portrait-small', blocking: false };

/** A token that opens this box. */
export const token: Token = { id: '0123456789abcdef', box: '0123456789ab', until: '2026-12-31', minutes: 30 };

/** The time from which the clerk starts to set the clock. */
export const guess: Minute = { year: 2026, month: 3, day: 4, hour: 14, minute: 32 };

export type Task = Exclude<
  keyof Effects,
  | 'bug'
  | 'stopSelfTest'
  | 'guessTime'
  | 'stopUpdate'
  | 'lookAtStick'
  | 'forgetUpdate'
  | 'stopCopy'
  | 'agreeToChanges'
  | 'copyReaders'
  | 'answerBench'
  | 'stopVendor'
>;

/** A task that a procedure started and the test has not answered yet. */
type PendingTask = {
  readonly task: Task;
  readonly signal: AbortSignal;
  readonly tell: (
    news: Progress | Waiting | Guidance | Checks | UpdateProgress | CopyProgress | BenchNews,
  ) => void;
  answer(result: Result<unknown, unknown>): void;
  fail(thrown: Error): void;
};

/** What happened, in order. A task is `asked` when a procedure starts it, and `answered` unless it was aborted before. */
export type Happening =
  | { readonly what: 'sent'; readonly event: CounterEvent }
  | { readonly what: 'asked'; readonly task: Task; readonly input?: unknown }
  | { readonly what: 'answered'; readonly task: Task; readonly result: Result<unknown, unknown> }
  | { readonly what: 'stopped' | 'forgot' | 'looked' }
  | { readonly what: 'agreed'; readonly changes: readonly Change[] }
  | { readonly what: 'told'; readonly answer: Answer | undefined }
  | { readonly what: 'reached'; readonly state: CounterState };

/**
 * The counter's machine on a simulated clock, with effects that the test answers.
 *
 * @param answersBeginning whether the test also answers that the record of a visit has begun, which else happens by itself
 */
export function counter(input: Input = inDoubt, answersBeginning = false) {
  const clock = new SimulatedClock();
  const story: Happening[] = [];
  const bugs: unknown[] = [];
  let asked: PendingTask[] = [];

  const never = new AbortController().signal;
  const ask = <Answer>(
    task: Task,
    signal: AbortSignal,
    tell: PendingTask['tell'] = () => undefined,
    given?: unknown,
  ) =>
    new Promise<Answer>((resolve, reject) => {
      story.push({ what: 'asked', task, input: given });
      asked.push({
        task,
        signal,
        tell,
        answer: (result) => {
          if (!signal.aborted) story.push({ what: 'answered', task, result });
          resolve(result as Answer);
        },
        fail: reject,
      });
    });
  const effects: Effects = {
    begin: (practice) => ask('begin', never, undefined, practice),
    takeVault: (signal) => ask('takeVault', signal),
    scan: (page, tell, signal) => ask('scan', signal, tell as PendingTask['tell'], page),
    photograph: (tell, signal) => ask('photograph', signal, tell as PendingTask['tell']),
    compare: (signal) => ask('compare', signal),
    erase: (signal) => ask('erase', signal),
    writeRecord: (report, modelHash) => ask('writeRecord', never, undefined, { report, modelHash }),
    selfTest: (tell) => ask('selfTest', never, tell as PendingTask['tell']),
    guessTime: () => guess,
    setClock: (time, corrected) => ask('setClock', never, undefined, { time, corrected }),
    stopSelfTest: () => story.push({ what: 'stopped' }),
    update: (version, tell) => ask('update', never, tell as PendingTask['tell'], version),
    stopUpdate: () => story.push({ what: 'stopped' }),
    restart: () => ask('restart', never),
    lookAtStick: () => story.push({ what: 'looked' }),
    forgetUpdate: () => story.push({ what: 'forgot' }),
    copyRecords: (tell) => ask('copyRecords', never, tell as PendingTask['tell']),
    stopCopy: () => story.push({ what: 'stopped' }),
    agreeToChanges: (changes) => story.push({ what: 'agreed', changes }),
    copyReaders: () => 'anybody',
    enterVendor: () => ask('enterVendor', never),
    benchTest: (tell) => ask('benchTest', never, tell as PendingTask['tell']),
    answerBench: (answer) => story.push({ what: 'told', answer }),
    examine: (tell) => ask('examine', never, tell as PendingTask['tell']),
    stopVendor: () => story.push({ what: 'stopped' }),
    saveReport: () => ask('saveReport', never),
    bug: (thrown) => bugs.push(thrown),
  };

  const machine = counterMachine(effects);
  const actor = createActor(machine, { input, clock });
  let state: CounterState | undefined;
  observe(actor, (snapshot) => {
    if (stateOf(snapshot) === state) return;
    state = stateOf(snapshot);
    story.push({ what: 'reached', state });
  });
  actor.start();

  const open = (): PendingTask[] => asked.filter(({ signal }) => !signal.aborted);
  const take = (task: Task): PendingTask => {
    const found = open().find((each) => each.task === task);
    if (!found)
      throw new Error(`${task} was not asked for; the counter is in ${stateOf(actor.getSnapshot())}`);
    asked = asked.filter((each) => each !== found);
    return found;
  };

  const active = (): ProcedureSnapshot => activeOf(actor.getSnapshot());

  return {
    machine,
    /** Made only where it is asked for: it takes longer than a whole visit. */
    get procedures() {
      return procedures(effects);
    },
    actor,
    clock,
    story,
    bugs,
    /** The tasks under way. */
    open,
    /** The aborted tasks, whose answers must be ignored. */
    left: (): PendingTask[] => asked.filter(({ signal }) => signal.aborted),
    take,
    state: (): CounterState => stateOf(actor.getSnapshot()),
    /** The procedure under way, or the counter itself. */
    active,
    choices: () => choicesOf(active()),
    keyTimeout: () => keyTimeoutOf(active()),
    view: (): View => present(actor.getSnapshot(), surroundings),
    async send(...events: CounterEvent[]): Promise<void> {
      for (const event of events) {
        story.push({ what: 'sent', event });
        actor.send(event);
        await settled();
        if (!answersBeginning && open().some(({ task }) => task === 'begin'))
          await this.answer('begin', ok());
      }
    },
    async press(...keys: Key[]): Promise<void> {
      for (const key of keys) {
        const event = press(active(), key);
        if (event) await this.send(event);
      }
    },
    async answer(task: Task, result: Result<unknown, unknown>): Promise<void> {
      take(task).answer(result);
      await settled();
    },
    async wait(milliseconds: number): Promise<void> {
      clock.increment(milliseconds);
      await settled();
    },
    /** The report of each attempt to write a record. */
    reports: (): VisitReport[] => writes(story).map(({ report }) => report),
    writes: () => writes(story),
  };
}
export type Counter = ReturnType<typeof counter>;

function writes(story: readonly Happening[]) {
  return story.flatMap((each) =>
    each.what === 'asked' && each.task === 'writeRecord'
      ? [each.input as { report: VisitReport; modelHash: string | undefined }]
      : [],
  );
}

const surroundings = {
  language: 'ja',
  municipality: '照市',
  counter: '1',
  camera: 'ready',
  scanner: 'ready',
  cameraLight: false,
  settingsProblems: 0,
  tornRecords: 0,
  warnings: [],
} as const;

/** Waits until the handlers of settled promises have run. */
export const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export const usable = (...findings: Finding[]): Result<Picture, never> => ok({ usable: true, findings });
export const unusable = (...findings: Finding[]): Result<Picture, never> => ok({ usable: false, findings });
export const similar = (similarity: number, falseMatchRate = 0.0006) => ok({ similarity, falseMatchRate });
export const fault = (code: FaultCode) => err(code);
export const receipt: Result<Receipt, never> = ok({ number: '2026-0417', at: '14:32:07' });

/** Ends the visit under way as a healthy appliance does. */
export async function end(visit: Counter): Promise<void> {
  await visit.answer('erase', ok());
  await visit.answer('writeRecord', receipt);
  await visit.send({ type: 'done' });
}

/** The way from `starting` to a result, step by step. */
export const walk = {
  toReason: async (visit: Counter): Promise<void> => {
    await visit.send({ type: 'available', practice: false }, { type: 'begin' });
  },
  toNotice: async (visit: Counter): Promise<void> => {
    await walk.toReason(visit);
    await visit.send({ type: 'compare-faces' });
  },
  toDocument: async (visit: Counter): Promise<void> => {
    await walk.toNotice(visit);
    await visit.send({ type: 'agree' });
    await visit.answer('takeVault', ok(vault));
  },
  toScan: async (visit: Counter): Promise<void> => {
    await walk.toDocument(visit);
    await visit.send({ type: 'scan-now' });
  },
  toPhotograph: async (visit: Counter): Promise<void> => {
    await walk.toScan(visit);
    await visit.answer('scan', usable(small));
    await visit.send({ type: 'photograph-now' });
  },
  toResult: async (visit: Counter, similarity: number): Promise<void> => {
    await walk.toPhotograph(visit);
    await visit.answer('photograph', usable());
    await visit.answer('compare', similar(similarity));
  },
};
