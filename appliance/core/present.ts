import type { FaultCode } from '../findings.js';
import type { Context } from '../visit/context.js';
import { choicesOf, focusOf, keysOf } from '../visit/choices.js';
import { stateOf, type VisitSnapshot, type VisitState } from '../visit/machine.js';
import { findingsOf, isAbove, thresholdOf } from '../visit/report.js';
import type { Scene, Status, UpdateNews, View } from '../panel/view.js';

/** What a view shows besides the visit: the core knows it. */
export type Surroundings = Omit<View, 'status' | 'practice' | 'way' | 'scene' | 'choices' | 'focus' | 'keys'>;

/** What the panels show while the visit stands at `snapshot`. */
export function present(snapshot: VisitSnapshot, surroundings: Surroundings): View {
  const { settings, practice, visit } = snapshot.context;
  const scene = sceneOf(snapshot);
  return {
    ...surroundings,
    status: statuses[scene.name],
    practice: practice || visit.practice,
    way: settings.way,
    scene,
    choices: [...choicesOf(snapshot)],
    focus: focusOf(snapshot),
    keys: keysOf(snapshot),
  };
}

const statuses: Record<Scene['name'], Status> = {
  starting: 'unavailable',
  unavailable: 'unavailable',
  idle: 'ready',
  reason: 'question',
  notice: 'question',
  'place-document': 'question',
  scanning: 'scanning',
  'document-poor': 'question',
  'before-photograph': 'question',
  photographing: 'photographing',
  'photograph-poor': 'question',
  comparing: 'comparing',
  result: 'result',
  'not-comparable': 'result',
  explain: 'question',
  erasing: 'erasing',
  'self-test': 'unavailable',
  'self-tested': 'question',
  'set-clock': 'question',
  'applying-clock': 'unavailable',
  'clock-set': 'question',
  'clock-not-set': 'question',
  'update-found': 'question',
  updating: 'unavailable',
  restarting: 'unavailable',
  'update-failed': 'question',
  'copy-asked': 'question',
  copying: 'unavailable',
  copied: 'question',
  'copy-failed': 'question',
  erased: 'erasing',
};

type ClockState = Extract<VisitState, `${string}clock${string}`>;

function sceneOf(snapshot: VisitSnapshot): Scene {
  const { ability, settings, visit, selfTest } = snapshot.context;
  const state = stateOf(snapshot);
  switch (state) {
    case 'starting':
    case 'unavailable':
      return ability.is === 'unable' ? unavailable(ability.fault) : { name: 'starting' };
    case 'reason':
      return { name: 'reason', policy: settings.policy };
    case 'idle':
      return { name: 'idle', ...withNews(snapshot.context) };
    case 'update-found':
    case 'updating':
    case 'restarting':
    case 'update-failed':
      return updateScene(state, snapshot.context);
    case 'copy-asked':
    case 'copying':
    case 'copied':
    case 'copy-failed':
      return copyScene(state, snapshot.context);
    case 'notice':
    case 'place-document':
    case 'before-photograph':
    case 'comparing':
    case 'erasing':
      return { name: state };
    // The card can be laid down while a cold vault loads its models.
    case 'agreed':
      return { name: 'place-document' };
    case 'testing':
      return {
        name: 'self-test',
        checks: [...selfTest.checks],
        ...(selfTest.now ? { now: selfTest.now } : {}),
      };
    case 'setting-clock':
    case 'applying-clock':
    case 'clock-set':
    case 'clock-not-set':
      return clockScene(state, snapshot.context);
    case 'tested':
      return { name: 'self-tested', checks: [...selfTest.checks] };
    case 'scanning':
      return { name: 'scanning', fraction: visit.progress };
    case 'document-poor':
      return { name: 'document-poor', findings: [...visit.document!.findings] };
    case 'photographing':
      return { name: 'photographing', fraction: visit.progress, ...visit.guidance };
    case 'photograph-poor':
      return { name: 'photograph-poor', findings: [...visit.probe!.findings] };
    case 'above':
    case 'below':
    case 'consulting':
      return result(snapshot.context);
    case 'refused':
    case 'not-verified':
      return { name: 'explain', about: state };
    case 'not-comparable':
      return { name: 'not-comparable', findings: findingsOf(visit) };
    case 'recording':
    case 'unrecorded':
      if (!visit.erasureProven) return unavailable('erasure-unproven');
      return visit.recordFault ? unavailable(visit.recordFault) : { name: 'erasing' };
    case 'unproven':
      return unavailable('erasure-unproven');
    case 'erased':
      return erased(snapshot.context);
  }
}

function clockScene(state: ClockState, { setting, clockSet }: Context): Scene {
  const { time, stop, opened } = setting!;
  if (state === 'setting-clock') return { name: 'set-clock', time, stop, open: opened !== undefined };
  if (state === 'applying-clock') return { name: state, time };
  return clockSet?.is === 'set'
    ? { name: 'clock-set', time, battery: clockSet.battery }
    : { name: 'clock-not-set', time, why: clockSet!.why };
}

/** What became of the last update comes before what a stick offers now. */
function withNews({ update: { offer, returned } }: Context): { readonly update?: UpdateNews } {
  if (returned) return { update: { is: 'returned', ...returned } };
  return offer.is === 'none' ? {} : { update: offer };
}

type UpdateState = Extract<VisitState, `update-${string}` | 'updating' | 'restarting'>;

function updateScene(
  state: UpdateState,
  { update: { offer, version = '0.0.0', progress, why } }: Context,
): Scene {
  switch (state) {
    case 'update-found':
      return { name: state, version: offer.is === 'found' ? offer.version : version };
    case 'updating':
      return { name: state, version, ...progress };
    case 'restarting':
      return { name: state, version };
    case 'update-failed':
      return { name: state, why: why ?? 'no-answer' };
  }
}

type CopyState = Extract<VisitState, `copy-${string}` | 'copying' | 'copied'>;

function copyScene(state: CopyState, { copy: { fraction, copied, why } }: Context): Scene {
  switch (state) {
    case 'copy-asked':
      return { name: state };
    case 'copying':
      return { name: state, fraction };
    case 'copied': {
      const { name, count, whole } = copied!;
      return { name: state, copy: name, count, whole };
    }
    case 'copy-failed':
      return { name: state, why: why ?? 'no-answer' };
  }
}

const unavailable = (fault: FaultCode): Scene => ({ name: 'unavailable', fault });

function result(context: Context): Scene {
  const { visit } = context;
  const comparison = visit.comparison!;
  return {
    name: 'result',
    above: isAbove(context, comparison),
    comparison,
    threshold: thresholdOf(context),
    model: visit.vault!.model,
    ...(visit.probe?.liveness ? { liveness: visit.probe.liveness } : {}),
    findings: findingsOf(visit),
  };
}

function erased({ visit }: Context): Scene {
  const { number, at } = visit.receipt!;
  const { because, fault } = visit.ending;
  return { name: 'erased', pictures: visit.pictures, at, record: number, because, fault };
}
