import type { Scene, View } from '../view.js';

/** Milliseconds of sound and silence in turn, sound first; empty if nothing needs attention. */
export type Sound = readonly number[];

const sounds = {
  above: [700],
  below: [150, 150, 150],
  /** A picture must be taken again, or nothing can be compared. */
  again: [80, 80, 80, 80, 80],
  erased: [80, 80, 500],
  /** The visit came to nothing. */
  brokenOff: [500, 80, 80],
  /** No visit can begin. */
  unavailable: [400, 200, 400],
  /** 30 seconds are left, then 10. */
  hurry: [60],
  lastCall: [60, 60, 60, 60, 60, 60, 60],
  /** Long enough to be heard and answered. */
  tested: [400, 200, 400, 200, 400, 200, 400, 200, 400, 200, 400],
  silence: [],
} as const satisfies Record<string, Sound>;

/** The sound for the change from one view to the next. */
export function soundOf(before: View | undefined, view: View): Sound {
  if (!before) return [];
  if (asksOfBuzzer(view)) return asksOfBuzzer(before) ? [] : sounds.tested;
  const now = occasion(view.scene);
  if (now !== 'silence' && now !== occasion(before.scene)) return sounds[now];
  if (view.choices.length === 0) return [];
  if (passes(10, before, view)) return sounds.lastCall;
  return passes(30, before, view) ? sounds.hurry : [];
}

function occasion(scene: Scene): keyof typeof sounds {
  switch (scene.name) {
    case 'result':
      return scene.above ? 'above' : 'below';
    case 'document-poor':
    case 'photograph-poor':
    case 'not-comparable':
    case 'update-failed':
    case 'copy-failed':
    case 'vendor-refused':
    case 'changes':
      return 'again';
    case 'erased':
      return scene.because === 'decided' ? 'erased' : 'brokenOff';
    case 'unavailable':
      return 'unavailable';
    case 'starting':
    case 'idle':
    case 'reason':
    case 'notice':
    case 'place-document':
    case 'scanning':
    case 'before-photograph':
    case 'photographing':
    case 'comparing':
    case 'explain':
    case 'erasing':
    case 'self-test':
    case 'self-tested':
    case 'set-clock':
    case 'applying-clock':
    case 'clock-set':
    case 'clock-not-set':
    case 'update-found':
    case 'updating':
    case 'restarting':
    case 'copy-asked':
    case 'copying':
    case 'copied':
    case 'vendor-entering':
    case 'vendor-menu':
    case 'vendor-saving':
    case 'vendor-reported':
    case 'bench-test':
      return 'silence';
  }
}

function asksOfBuzzer({ scene }: View): boolean {
  return scene.name === 'bench-test' && scene.ask === 'buzzer';
}

function passes(seconds: number, before: View, view: View): boolean {
  const within = ({ secondsLeft = Infinity }: View) => secondsLeft <= seconds;
  return within(view) && !within(before);
}
