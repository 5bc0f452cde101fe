import assert from 'node:assert/strict';

import fc from 'fast-check';

import { view } from '../../appliance/panel/view.js';
import { key } from '../../appliance/protocol/key.js';
import { visitReport, type VisitReport } from '../../appliance/record/entry.js';
import { ok } from '../../appliance/result.js';
import { automatic } from '../../appliance/counter/automatic.js';
import type { CounterEvent } from '../../appliance/counter/event.js';
import type { CounterState } from '../../appliance/counter/snapshot.js';
import { choice } from '../../appliance/protocol/choice.js';
import type { Comparison } from '../../appliance/protocol/vault.js';
import type { Picture } from '../../appliance/visit/news.js';
import type { Limits } from '../../appliance/visit/tries.js';
import {
  counter,
  glare,
  inDoubt,
  mask,
  settled,
  token,
  usable,
  walk,
  type Counter,
  type Happening,
  type Task,
} from './counter.js';
import { endings, type Step } from './explore.js';

const anyEvent: fc.Arbitrary<CounterEvent> = fc.oneof(
  fc.record({
    type: fc.constantFrom(...choice.options, 'back' as const, 'cancel' as const, 'retry' as const),
  }),
  fc.record({ type: fc.constant('focus' as const), index: fc.integer({ min: -2, max: 9 }) }),
  fc.record({ type: fc.constant('available' as const), practice: fc.boolean() }),
  fc.constantFrom<CounterEvent>(
    { type: 'unavailable', fault: 'camera-missing' },
    { type: 'clock', settable: true },
    { type: 'clock', settable: false },
    { type: 'offer', offer: { is: 'found', version: '0.2.0' } },
    { type: 'offer', offer: { is: 'refused', why: 'torn' } },
    { type: 'offer', offer: { is: 'none' } },
    { type: 'returned', version: '0.2.0', why: 'did-not-start' },
    { type: 'unseen-stick', there: true },
    { type: 'unseen-stick', there: false },
    { type: 'stick', there: true },
    { type: 'stick', there: false },
    {
      type: 'changes',
      changes: [{ what: 'visit.liveness', before: 'required', after: 'off', weaker: true }],
    },
    { type: 'changes', changes: [] },
    { type: 'vendor-stick', stick: { is: 'found', token } },
    { type: 'vendor-stick', stick: { is: 'refused', why: 'expired', numbers: {} } },
    { type: 'vendor-stick', stick: { is: 'none' } },
    { type: 'turn', by: 1 },
    { type: 'turn', by: -1 },
    { type: 'toggle' },
    { type: 'vault-lost', fault: 'vault-died' },
    { type: 'device-lost', fault: 'scanner-missing' },
    { type: 'device-lost', fault: 'camera-missing' },
  ),
);

/** What the clerk, the visitor, the devices and time may do, at any moment and in any order. */
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.nat(3).map((n): Step => async (visit) => {
      const choices = visit.choices();
      if (choices.length > 0) await visit.send({ type: choices[n % choices.length] });
    }),
  },
  {
    weight: 8,
    arbitrary: fc.constantFrom(0, 0, 0, 1, 2).map((n): Step => async (visit) => {
      const asked = visit.open().at(0);
      if (asked) await visit.answer(asked.task, endings[asked.task][n % endings[asked.task].length]);
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...key.options).map(
      (key): Step =>
        (visit) =>
          visit.press(key),
    ),
  },
  {
    weight: 2,
    arbitrary: anyEvent.map(
      (event): Step =>
        (visit) =>
          visit.send(event),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(glare, mask).map((finding): Step => async (visit) => {
      const asked = visit.open().at(0);
      if (asked?.task === 'scan' || asked?.task === 'photograph')
        await visit.answer(asked.task, usable(finding));
    }),
  },
  {
    weight: 1,
    arbitrary: fc.double({ min: 0, max: 1, noNaN: true }).map((fraction): Step => async (visit) => {
      visit.open().at(0)?.tell({ type: 'progress', fraction });
      visit.left().at(0)?.tell({ type: 'guidance', instruction: 'nearer' });
      visit.open().at(0)?.tell({ type: 'guidance', instruction: 'uncover-mouth' });
      await settled();
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant(async (visit: Counter) => {
      const left = visit.left().at(0);
      left?.answer(endings[left.task][0]);
      await settled();
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant(async (visit: Counter) => {
      const asked = visit.open().at(0);
      if (asked) visit.take(asked.task).fail(new Error('a bug'));
      await settled();
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(1_000, 11_000, 61_000, 121_000, 901_000).map(
      (milliseconds): Step =>
        (visit) =>
          visit.wait(milliseconds),
    ),
  },
);

const undecided = Object.keys(counter().procedures.visit.root.states.undecided.states) as CounterState[];
const atRest: readonly CounterState[] = ['starting', 'unavailable', 'idle', 'unproven'];

/** Leaves the machine alone, with a core that works, until it is at rest. */
async function leaveAlone(visit: Counter): Promise<void> {
  for (let minutes = 0; minutes < 60 && !atRest.includes(visit.state()); minutes += 15) {
    await visit.wait(900_000);
    // The number of the record stays until a key.
    if (visit.state() === 'erased') await visit.press('enter');
    for (const task of [
      'erase',
      'writeRecord',
      'selfTest',
      'setClock',
      'update',
      'restart',
      'copyRecords',
      'enterVendor',
      'benchTest',
      'examine',
      'saveReport',
    ] as const)
      if (visit.open().some((asked) => asked.task === task)) await visit.answer(task, endings[task][0]);
  }
}

/** All that happened in one visit, from its beginning to the next or the end of the story. */
function visitsIn(story: readonly Happening[]): Happening[][] {
  const visits: Happening[][] = [];
  let before: CounterState = 'starting';
  for (const each of story) {
    if (each.what === 'reached') {
      if (before === 'idle' && each.state === 'reason') visits.push([]);
      before = each.state;
    }
    // A self-test, the setting of the clock, an update, a copy of the records and a vendor's test lie between two visits.
    const between: readonly Task[] = [
      'selfTest',
      'setClock',
      'update',
      'restart',
      'copyRecords',
      'enterVendor',
      'benchTest',
      'examine',
      'saveReport',
    ];
    if (!(each.what === 'asked' || each.what === 'answered') || !between.includes(each.task))
      visits.at(-1)?.push(each);
  }
  return visits;
}

type Answered = Extract<Happening, { what: 'answered' }>;

/** What must be true of every visit, told by what went in and out and not by what the machine believes. */
function judge(story: readonly Happening[], limits: Limits): VisitReport {
  const asked = (task: Task): number =>
    story.findIndex((each) => each.what === 'asked' && each.task === task);
  const answers = (task: Task): Answered[] =>
    story.filter((each): each is Answered => each.what === 'answered' && each.task === task);
  const successes = (task: Task): Answered[] => answers(task).filter(({ result }) => result.ok);
  const reached = (state: CounterState): number =>
    story.findIndex((each) => each.what === 'reached' && each.state === state);

  const written = story.flatMap((each) =>
    each.what === 'asked' && each.task === 'writeRecord'
      ? [visitReport.parse((each.input as { report: VisitReport }).report)]
      : [],
  );
  const [report, ...again] = written;
  assert(report, 'a visit without a record');
  for (const repeated of again) assert.deepEqual(repeated, report);
  assert.equal(successes('writeRecord').length, 1, 'exactly one record');

  assert(asked('erase') >= 0 && asked('erase') < asked('writeRecord'), 'erased before it is recorded');
  const erased = successes('erase').length > 0;
  assert.equal(report.fault === 'erasure-unproven', !erased);
  if (!erased) assert.equal(reached('erased'), -1, 'never called erased');
  const after = story.slice(asked('erase') + 1);
  assert(
    !after.some((each) => each.what === 'asked' && each.task !== 'writeRecord'),
    'nothing after erasure',
  );

  const agreed = agreementIn(story);
  for (const task of ['takeVault', 'scan', 'photograph', 'compare'] as const)
    if (asked(task) >= 0) assert(agreed >= 0 && agreed < asked(task), `${task} before the visitor agreed`);
  assert(story.filter((each) => each.what === 'asked' && each.task === 'takeVault').length <= 1);

  const lost = unpluggedIn(story);
  if (lost) {
    assert.deepEqual([report.outcome, report.fault], ['fault', erased ? lost.fault : 'erasure-unproven']);
    const later = story.slice(story.indexOf(lost.at) + 1).filter(({ what }) => what === 'asked');
    assert(later.every((each) => each.what === 'asked' && ['erase', 'writeRecord'].includes(each.task)));
  }

  assert.equal(report.pictures, asked('scan') >= 0);
  assert.equal(report.photographs, successes('photograph').length);
  assert.equal(report.scans, successes('scan').length);
  assert(report.photographs <= limits.photographs && report.scans <= limits.scans, 'more than the limit');
  judgeScores(
    report,
    successes('compare').map(({ result }) => result.ok && (result.value as Comparison)) as Comparison[],
  );
  if (['refused', 'visually-clear', 'proxy'].includes(report.outcome))
    assert.equal(asked('scan') + asked('photograph'), -2, 'no picture without need');
  if (report.outcome === 'verified') assert(isVerified(story), 'verified without a sound comparison');
  return report;
}

/** A later score hides no earlier one, and the rate is that of all comparisons. */
function judgeScores(report: VisitReport, made: readonly Comparison[]): void {
  const scores = made.map(({ similarity }) => similarity);
  const { comparisons, similarity, firstSimilarity, lowestSimilarity, falseMatchRate } = report;
  assert.equal(comparisons, made.length);
  assert.deepEqual([firstSimilarity, similarity], [scores.at(0), scores.at(-1)]);
  assert.equal(lowestSimilarity, [...scores].sort((a, b) => a - b).at(0));
  const sum = made.length * (made.at(-1)?.falseMatchRate ?? 0);
  assert.equal(falseMatchRate, made.length === 0 ? undefined : sum);
}

/** A device that was unplugged before anything was decided: nothing may follow but erasure and the record. */
function unpluggedIn(story: readonly Happening[]) {
  let state: CounterState = 'reason';
  for (const at of story) {
    if (at.what === 'reached') state = at.state;
    if (at.what === 'sent' && at.event.type === 'device-lost' && undecided.includes(state))
      return { at, fault: at.event.fault };
  }
  return undefined;
}

/** Where the visitor agreed to the notice that was read out; -1 where nobody did. */
function agreementIn(story: readonly Happening[]): number {
  let state: CounterState = 'reason';
  return story.findIndex((each) => {
    if (each.what === 'reached') state = each.state;
    return each.what === 'sent' && each.event.type === 'agree' && state === 'notice';
  });
}

/** The clerk's last word was to hand over, after a comparison of the last two pictures, both of them usable. */
function isVerified(story: readonly Happening[]): boolean {
  const until = story.findIndex((each) => each.what === 'asked' && each.task === 'erase');
  const course = story.slice(0, until);
  const word = course.findLast((each) => each.what === 'sent');
  const compared = course.findLastIndex((each) => each.what === 'asked' && each.task === 'compare');
  return (
    isSound(course.slice(0, compared), 'scan') &&
    isSound(course.slice(0, compared), 'photograph') &&
    !course.slice(compared).some((each) => each.what === 'asked' && each.task !== 'compare') &&
    course.slice(compared).some((each) => each.what === 'answered' && each.result.ok) &&
    word?.event.type === 'hand-over'
  );
}

/** The last picture of a side that was begun was also taken, and nothing stands against it. */
function isSound(course: readonly Happening[], task: 'scan' | 'photograph'): boolean {
  const last = course.findLast(
    (each) => (each.what === 'asked' || each.what === 'answered') && each.task === task,
  );
  if (last?.what !== 'answered' || !last.result.ok) return false;
  const { usable, findings } = last.result.value as Picture;
  return usable && !findings.some(({ blocking }) => blocking);
}

function checkView(visit: Counter): void {
  const shown = view.parse(visit.view());
  assert((shown.focus ?? -1) < shown.choices.length, 'the focus lies on a choice');
  for (const type of shown.choices) assert(visit.active().can({ type }));
  assert.equal(visit.actor.getSnapshot().status, 'active');
  assert.equal(visit.active().status, 'active');
}

const beginnings: Record<string, Step> = {
  'the start': (visit) => visit.send({ type: 'available', practice: false }),
  'a scan': walk.toScan,
  'a photograph': walk.toPhotograph,
  'a result over the threshold': (visit) => walk.toResult(visit, 0.61),
  'a result under the threshold': (visit) => walk.toResult(visit, 0.31),
};

const anyLimits: fc.Arbitrary<Limits> = fc.record({
  photographs: fc.integer({ min: 1, max: 5 }),
  scans: fc.integer({ min: 1, max: 5 }),
});

describe('whatever happens', () => {
  for (const [name, beginning] of Object.entries(beginnings)) {
    it(`every visit is erased, recorded once, honest, and within its limits: from ${name}`, async () => {
      await fc.assert(
        fc.asyncProperty(anyLimits, fc.array(anyStep, { maxLength: 60 }), async (limits, steps) => {
          const visit = counter({ ...inDoubt, limits });
          checkView(visit);
          for (const step of [beginning, ...steps]) {
            await step(visit);
            checkView(visit);
          }
          await leaveAlone(visit);
          checkView(visit);
          assert(atRest.includes(visit.state()), visit.state());
          for (const story of visitsIn(visit.story)) judge(story, limits);
        }),
        { numRuns: 100 },
      );
    });
  }

  it('a thousand visits leave nothing behind in the machine', async () => {
    const visit = counter(inDoubt);
    await visit.send({ type: 'available', practice: false });
    const atFirst = structuredClone(visit.actor.getSnapshot().context);
    for (let visits = 0; visits < 1000; visits++) {
      visit.actor.send({ type: 'begin' });
      while (visit.state() !== 'idle') {
        const taken = automatic(visit.actor.getSnapshot());
        const asked = visit.open().at(0);
        if (taken) visit.actor.send({ type: taken });
        else if (asked) visit.take(asked.task).answer(endings[asked.task][0]);
        await settled();
      }
      visit.story.length = 0;
    }
    assert.deepEqual(visit.actor.getSnapshot().context, atFirst);
    assert.deepEqual(Object.keys(visit.actor.getSnapshot().children), []);
    assert.deepEqual(visit.left(), []);
    await visit.send({ type: 'begin' }, { type: 'cancel' });
    await visit.answer('erase', ok());
    assert.deepEqual(
      visit.reports().map(({ comparisons }) => comparisons),
      [0],
    );
  });
});
