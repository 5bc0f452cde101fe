import type { CounterSnapshot } from '../counter/machine.js';
import { activeOf, procedureOf } from '../counter/snapshot.js';
import type { Scene, Status, View } from '../panel/view.js';
import { choicesOf, focusOf, keysOf } from '../procedure/choices.js';
import { counterScene } from './scenes/counter.js';

/** The part of a view that the core adds to what the counter shows. */
export type Surroundings = Omit<
  View,
  'status' | 'practice' | 'underTest' | 'way' | 'scene' | 'choices' | 'focus' | 'keys'
>;

/** The view that the panels receive. */
export function present(snapshot: CounterSnapshot, surroundings: Surroundings): View {
  const active = activeOf(snapshot);
  const scene = counterScene(snapshot);
  return {
    ...surroundings,
    status: statuses[scene.name],
    practice: isPractice(snapshot),
    ...(procedureOf(snapshot)?.name === 'vendor' ? { underTest: true as const } : {}),
    way: snapshot.context.settings.way,
    scene,
    choices: [...choicesOf(active)],
    focus: focusOf(active),
    keys: keysOf(active),
  };
}

function isPractice(snapshot: CounterSnapshot): boolean {
  const procedure = procedureOf(snapshot);
  const visitIsPractice = procedure?.name === 'visit' && procedure.snapshot.context.practice;
  return snapshot.context.practice || visitIsPractice;
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
  changes: 'question',
  'vendor-entering': 'unavailable',
  'vendor-menu': 'question',
  'bench-test': 'unavailable',
  'vendor-saving': 'unavailable',
  'vendor-reported': 'question',
  'vendor-refused': 'question',
  erased: 'erasing',
};
