import type { Scene, View } from '../view.js';

/** Milliseconds of sound and of silence in turn, sound first; empty where nothing needs attention. */
export type Sound = readonly number[];

const sounds = {
  above: [700],
  below: [150, 150, 150],
  /** A picture has to be taken again, or cannot be compared at all. */
  again: [80, 80, 80, 80, 80],
  erased: [80, 80, 500],
  /** The visit came to nothing. */
  brokenOff: [500, 80, 80],
  /** No visit can begin. */
  unavailable: [400, 200, 400],
  /** Half a minute is left, then ten seconds. */
  hurry: [60],
  lastCall: [60, 60, 60, 60, 60, 60, 60],
} as const satisfies Record<string, Sound>;

/** What the buzzer has to say when one view follows another. */
export function soundOf(before: View | undefined, view: View): Sound {
  if (!before) return [];
  const now = occasion(view.scene);
  if (now && now !== occasion(before.scene)) return sounds[now];
  if (!isAsked(view)) return [];
  if (passes(10, before, view)) return sounds.lastCall;
  return passes(30, before, view) ? sounds.hurry : [];
}

function occasion(scene: Scene): keyof typeof sounds | undefined {
  switch (scene.name) {
    case 'result':
      return scene.above ? 'above' : 'below';
    case 'document-poor':
    case 'photograph-poor':
    case 'not-comparable':
    case 'update-failed':
    case 'copy-failed':
      return 'again';
    case 'erased':
      return scene.because === 'decided' ? 'erased' : 'brokenOff';
    case 'unavailable':
      return 'unavailable';
    default:
      return undefined;
  }
}

/** After an erasure nothing is lost by silence. */
const isAsked = ({ choices, scene }: View): boolean => choices.length > 0 && scene.name !== 'erased';

function passes(seconds: number, before: View, view: View): boolean {
  const within = ({ secondsLeft = Infinity }: View) => secondsLeft <= seconds;
  return within(view) && !within(before);
}
