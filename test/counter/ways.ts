import { type Liveness, liveness, type VisitReport } from '../../appliance/record/entry.js';
import { ok, type Result } from '../../appliance/result.js';
import type { Input } from '../../appliance/counter/context.js';
import { procedureOf } from '../../appliance/counter/snapshot.js';
import type { Ending } from '../../appliance/visit/context.js';
import {
  counter,
  fault,
  glare,
  mask,
  receipt,
  similar,
  small,
  unusable,
  usable,
  vault,
  type Counter,
  type Task,
} from './counter.js';
import type { Path, Step } from './explore.js';

/** What the words on the screen are held to: what went in and out, not what the machine believes. */
export type Facts = {
  readonly policy: Input['policy'];
  readonly way: Input['way'];
  /** A scan or photograph was begun. */
  readonly pictures: boolean;
  /** The last comparison, if there was one and no photograph or scan was begun since. */
  readonly compared: 'above' | 'below' | undefined;
  /** No process that held a picture is left. */
  readonly erased: boolean;
  /** The report that is being recorded or was. */
  readonly report: VisitReport | undefined;
  readonly recorded: boolean;
  /** The visitor's answer to the notice. */
  readonly agreed: boolean | undefined;
  /** The last choice, key, loss or timeout. */
  readonly last: string | undefined;
  readonly superiorAsked: boolean;
  /** The result of the challenge of the last photograph. */
  readonly liveness: Liveness | undefined;
  /** Pictures that were taken of each side. */
  readonly photographs: number;
  readonly scans: number;
  readonly scores: readonly number[];
};

const photographed = (liveness: Liveness) => ok({ usable: true, findings: [], liveness });

/** What a task may answer, so that every scene of a visit comes up in every way. */
const answers: Readonly<Partial<Record<Task, readonly Result<unknown, unknown>[]>>> = {
  takeVault: [ok(vault), fault('model-missing')],
  scan: [usable(small), unusable(glare), fault('scanner-jammed')],
  photograph: [
    ...[usable(), unusable(mask), fault('camera-no-frames')],
    ...liveness.options.map(photographed),
  ],
  compare: [similar(0.45), similar(0.31), fault('vault-nonsense')],
  erase: [ok(), fault('erasure-unproven')],
  writeRecord: [receipt, fault('record-disk-full')],
};

/** Longer than any question waits for a key, in milliseconds. */
const longest = 901_000;

function stepsFrom(visit: Counter): Step[] {
  const chosen = visit.choices().map(
    (type): Step =>
      (at) =>
        at.send({ type }),
  );
  const answered = visit.open().flatMap(({ task }) =>
    (answers[task] ?? []).map(
      (result): Step =>
        (at) =>
          at.answer(task, result),
    ),
  );
  const wait: Step = (at) => at.wait(longest);
  // Nothing that is pressed or lost changes anything any more.
  if (isEnding(visit)) return [...chosen, ...answered, wait];
  return [
    ...chosen,
    ...answered,
    wait,
    (at) => at.press('back'),
    (at) => at.press('cancel'),
    (at) => at.send({ type: 'device-lost', fault: 'scanner-missing' }),
  ];
}

/** From the erasure on. */
function isEnding(visit: Counter): boolean {
  return visit.view().status === 'erasing' || visit.state() === 'unrecorded';
}

/** What tells one course of a visit from another, for the walk alone: while it ends, how it does. */
function courseOf(visit: Counter, facts: Facts, { outcome, because, fault }: Ending): unknown[] {
  const { pictures, erased, recorded, compared, agreed, superiorAsked, liveness } = facts;
  const { scene } = visit.view();
  return isEnding(visit)
    ? [visit.state(), scene.name, pictures, erased, recorded, outcome, because, fault?.startsWith('vault-')]
    : [visit.state(), scene, pictures, compared, agreed, superiorAsked, liveness];
}

/** Walks every path of one visit, breadth first, until nothing new is known of it, and shows each to `look`. */
export async function everyWay(input: Input, look: (visit: Counter, facts: Facts) => void): Promise<void> {
  const seen = new Set<string>();
  const begin: Path = [(at) => at.send({ type: 'available', practice: false }, { type: 'begin' })];
  const frontier: Path[] = [begin];
  for (const path of frontier) {
    const visit = counter(input);
    for (const step of path) await step(visit);
    const procedure = procedureOf(visit.actor.getSnapshot());
    if (procedure?.name !== 'visit') continue;
    const facts = factsOf(input, visit);
    const course = JSON.stringify(courseOf(visit, facts, procedure.snapshot.context.ending));
    if (seen.has(course)) continue;
    seen.add(course);
    look(visit, facts);
    frontier.push(...stepsFrom(visit).map((step) => [...path, step]));
  }
}

function factsOf({ policy, way }: Input, { story }: Counter): Facts {
  let [pictures, erased, recorded, superiorAsked] = [false, false, false, false];
  let compared: Facts['compared'];
  let report: Facts['report'];
  let agreed: Facts['agreed'];
  let last: string | undefined;
  let shown: Facts['liveness'];
  const taken = { photograph: 0, scan: 0 };
  const scores: number[] = [];
  for (const each of story) {
    if (each.what === 'sent') {
      last = each.event.type;
      if (last === 'agree' || last === 'refuse') agreed = last === 'agree';
      if (last === 'ask-superior') superiorAsked = true;
    }
    if (each.what === 'asked' && (each.task === 'scan' || each.task === 'photograph')) {
      pictures = true;
      compared = undefined;
    }
    if (each.what === 'asked' && each.task === 'photograph') shown = undefined;
    if (each.what === 'asked' && each.task === 'writeRecord')
      ({ report } = each.input as { report: VisitReport });
    if (each.what !== 'answered' || !each.result.ok) continue;
    if (each.task === 'compare') {
      const { similarity } = each.result.value as { similarity: number };
      compared = similarity >= vault.threshold ? 'above' : 'below';
      scores.push(similarity);
    }
    if (each.task === 'photograph' || each.task === 'scan') taken[each.task] += 1;
    if (each.task === 'photograph') shown = (each.result.value as { liveness?: Liveness }).liveness;
    erased ||= each.task === 'erase';
    recorded ||= each.task === 'writeRecord';
  }
  return {
    policy,
    way,
    pictures,
    compared,
    erased,
    report,
    recorded,
    agreed,
    last,
    superiorAsked,
    liveness: shown,
    photographs: taken.photograph,
    scans: taken.scan,
    scores,
  };
}
