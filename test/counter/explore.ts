import { err, ok } from '../../appliance/result.js';
import { type CounterState, procedureOf } from '../../appliance/counter/snapshot.js';
import {
  counter,
  fault,
  settled,
  glare,
  inDoubt,
  mask,
  receipt,
  similar,
  token,
  unusable,
  usable,
  vault,
  type Counter,
} from './counter.js';
import type { Task } from './counter.js';

/** One thing that may happen next at the counter. */
export type Step = (visit: Counter) => Promise<void>;
/** The steps from the start to a state. */
export type Path = readonly Step[];

/** Every way in which a task can end. */
export const endings = {
  begin: [ok(), fault('record-disk-full')],
  takeVault: [ok(vault), fault('model-missing')],
  scan: [usable(), unusable(glare), fault('scanner-jammed')],
  photograph: [usable(), unusable(mask), fault('camera-no-frames')],
  compare: [similar(0.61), similar(0.31), fault('vault-nonsense')],
  erase: [ok(), fault('erasure-unproven')],
  selfTest: [
    ok({ checks: [], stopped: false }),
    ok({ checks: [], stopped: true }),
    fault('erasure-unproven'),
  ],
  setClock: [ok('absent'), err('before-record'), err('clock-denied')],
  update: [ok(), err('cancelled'), err('torn')],
  restart: [ok(), err('restart-failed')],
  copyRecords: [
    ok({ name: 'terashi-records-2026-0001-to-2026-0417-0123abcd.jsonl', count: 417, whole: true }),
    err('cancelled'),
    err('stick-full'),
  ],
  enterVendor: [ok({ numbers: { box: token.box }, dated: true }), err('unrecorded')],
  benchTest: [
    ok({ of: 'bench-test', outcome: 'passed', steps: [{ step: 'self-test', verdict: 'passed' }] }),
    err('unrecorded'),
    fault('erasure-unproven'),
  ],
  examine: [ok({ of: 'doctor', checks: [] }), fault('erasure-unproven')],
  saveReport: [ok(['terashi-doctor-0123456789ab-202611301432.txt']), err('stick-full')],
  writeRecord: [receipt, fault('record-disk-full')],
} as const satisfies Record<Task, readonly unknown[]>;

/** What a bench test asks for. */
const requests: readonly Step[] = ([{ ask: 'led1' }, { press: 'yes' }] as const).map(
  (request) => async (at) => {
    at.open()
      .find(({ task }) => task === 'benchTest')
      ?.tell({ type: 'bench-progress', steps: [], request });
    await settled();
  },
);

/** Everything that can happen next: each choice, a step back, and each end of the task under way. */
function stepsFrom(visit: Counter): Step[] {
  const { is } = visit.actor.getSnapshot().context.availability;
  const choices = visit.choices().map(
    (choice): Step =>
      (at) =>
        at.send({ type: choice }),
  );
  const ends = visit.open().flatMap(({ task }) =>
    endings[task].map(
      (result): Step =>
        (at) =>
          at.answer(task, result),
    ),
  );
  const news: Step[] = [
    (at) => at.send({ type: 'unavailable', fault: 'camera-missing' }),
    (at) => at.send({ type: 'available', practice: false }),
  ];
  const clock: Step[] = [
    (at) => at.send({ type: 'clock', settable: true }),
    (at) => at.send({ type: 'offer', offer: { is: 'found', version: '0.2.0' } }),
    (at) => at.send({ type: 'stick', there: true }),
    (at) => at.send({ type: 'changes', changes: [{ what: 'camera', before: 'one', after: 'other' }] }),
    (at) => at.send({ type: 'vendor-stick', stick: { is: 'found', token } }),
  ];
  const asked = visit.open().some(({ task }) => task === 'benchTest') ? requests : [];
  return [
    ...asked,
    (at) => at.press('back'),
    ...(visit.state() === 'idle' ? clock : []),
    ...choices,
    ...ends,
    ...(is === 'available' ? [] : news),
  ];
}

/** Follows every path until no new state appears. Maps each state to the first path that reached it. */
export async function explore(): Promise<ReadonlyMap<CounterState, Path>> {
  const found = new Map<CounterState, Path>();
  const seen = new Set<string>();
  const frontier: Path[] = [[]];
  for (const path of frontier) {
    const visit = await follow(path);
    const snapshot = visit.actor.getSnapshot();
    const { clockSettable, offer, stick, changes, vendor } = snapshot.context;
    const offered = visit.state() === 'idle' && [clockSettable, offer.is, stick, changes.length, vendor.is];
    const procedure = procedureOf(snapshot);
    const course = procedure?.name === 'visit' && [
      procedure.snapshot.context.pictures,
      procedure.snapshot.context.document?.usable,
      procedure.snapshot.context.tries.photographs,
      procedure.snapshot.context.tries.scans,
      procedure.snapshot.context.erasureProven,
    ];
    const known = [visit.state(), course, offered].join();
    if (seen.has(known)) continue;
    seen.add(known);
    if (!found.has(visit.state())) found.set(visit.state(), path);
    frontier.push(...stepsFrom(visit).map((step) => [...path, step]));
  }
  return found;
}

/** The fewest pictures with which one can be taken again, for the sake of time. */
const limits = { photographs: 2, scans: 2 };

export async function follow(path: Path): Promise<Counter> {
  const visit = counter({ ...inDoubt, limits }, true);
  for (const step of path) await step(visit);
  return visit;
}
