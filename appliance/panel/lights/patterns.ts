import type { FaultCode, Finding } from '../../findings.js';
import { type Checked, checkName } from '../../health/check.js';
import type { Scene, View } from '../view.js';
import { guidance, remedy } from './guidance.js';
import { bar, dark, flash, type Frame, full, type Pattern, type Row, rowOf, run, times } from './pattern.js';

/** What the four status lights show of a view. Position and rhythm say everything. */
export function patternOf(view: View): Pattern {
  const { scene } = view;
  switch (scene.name) {
    case 'starting':
      return run(1000, full, dark);
    case 'unavailable':
      return unavailable(scene.fault);
    case 'idle':
      return idle(view);
    case 'scanning':
      return growing(scene.fraction);
    case 'photographing':
      return guidance[scene.instruction];
    case 'comparing':
      return run(120, '●○○○', '○●○○', '○○●○', '○○○●', '○○●○', '○●○○');
    case 'self-test':
      return growing(scene.checks.length / checkName.options.length, barFromRight);
    // Set by somebody at the screen, which shows the time.
    case 'set-clock':
    case 'applying-clock':
    case 'clock-set':
    case 'clock-not-set':
      return run(500, '○●○○', '○○○●');
    case 'updating':
      return [...pairs, ...times(3, growing(scene.fraction))];
    case 'copying':
      return [...threes, ...times(3, growing(scene.fraction))];
    case 'restarting':
      return run(1000, '●●○○', '○○●●');
    case 'erasing':
      return run(400, full, '○●●○', dark);
    default:
      return [...gap, ...signature(scene, view), ...gap, ...choosing(view)];
  }
}

const gap: Pattern = [[dark, 300]];

/** The sign of an update: one half of the row, then the other. */
const pairs: Pattern = run(300, '●●○○', '○○●●', '●●○○', '○○●●');

/** The sign of the records that are taken out: three lights that move over by one. */
const threes: Pattern = run(300, '●●●○', '○●●●', '●●●○', '○●●●');

/** The device that is missing stands at an end of the row: the scanner left, the camera right. */
function unavailable(fault: FaultCode): Pattern {
  if (fault === 'erasure-unproven') return run(150, full, dark);
  const device = fault.startsWith('scanner-') ? '●○○○' : fault.startsWith('camera-') ? '○○○●' : '○●●○';
  return [...flash(3, device, 150), [dark, 900]];
}

/** The light of what can be begun stays lit; the last one winks where the technician is asked for, as on the screen. */
function idle({ scene, focus, settingsProblems, tornRecords, warnings }: View): Pattern {
  const chosen = rowOf((index) => index === focus);
  const news = scene.name === 'idle' && scene.update !== undefined;
  if (!news && settingsProblems + tornRecords + warnings.length === 0) return [[chosen, 1000]];
  return [
    [chosen, 900],
    [rowOf((index) => index === focus || index === 3), 100],
  ];
}

/** A machine that looks at itself, not at a card. */
const barFromRight = (count: number): Row => rowOf((index) => index >= 4 - count);

/** A bar up to what is done, of which the next light blinks. */
function growing(fraction: number, barOf = bar): Pattern {
  const done = Math.min(Math.floor(fraction * 4), 3);
  return run(400, barOf(done + 1), barOf(done));
}

type Question = Exclude<
  Scene['name'],
  | 'starting'
  | 'unavailable'
  | 'idle'
  | 'scanning'
  | 'photographing'
  | 'comparing'
  | 'erasing'
  | 'self-test'
  | 'set-clock'
  | 'applying-clock'
  | 'clock-set'
  | 'clock-not-set'
  | 'updating'
  | 'restarting'
  | 'copying'
>;

/** What tells one question from another, before its choices. */
function signature(scene: Extract<Scene, { name: Question }>, view: View): Pattern {
  switch (scene.name) {
    case 'reason':
      return step(1);
    case 'notice':
      return step(2);
    case 'place-document':
      return step(3);
    case 'before-photograph':
      return step(4);
    case 'document-poor':
      return again(3, scene.findings);
    case 'photograph-poor':
      return again(4, scene.findings);
    case 'result':
      return result(scene, view);
    case 'not-comparable':
      return times(4, run(300, '●○●○', '○●○●'));
    case 'explain':
      return flash(3, scene.about === 'refused' ? '○○○●' : '○○●●', 200);
    case 'erased':
      return erased(scene.because);
    case 'self-tested':
      return selfTested(scene.checks);
    case 'update-found':
      return times(2, pairs);
    case 'update-failed':
      return [...pairs, ...flash(4, '○●●○', 150)];
    case 'copy-asked':
      return times(2, threes);
    case 'copied':
      return [...threes, ...(scene.whole ? ([[full, 900]] as const) : flash(4, '●○○●', 250))];
    case 'copy-failed':
      return [...threes, ...flash(4, '○●●○', 150)];
  }
}

/** The first step of a visit flashes one light once, the second two lights twice, and so on. */
const step = (number: number): Pattern => flash(number, bar(number), 200);

/** A step that has to be done again shows its lights in a hurry, and then how to mend it. */
const again = (number: number, findings: readonly Finding[]): Pattern => [
  ...flash(5, bar(number), 100),
  ...gap,
  ...times(2, remedy(findings)),
];

/**
 * Above and below have nothing in common: above rises and stays full, below hops from end to end with never more
 * than one light lit. Where the likeness is above and the person may be a picture, the full row trembles.
 */
function result({ above, liveness }: Extract<Scene, { name: 'result' }>, { choices }: View): Pattern {
  const asked: Pattern = choices[0] === 'do-not-hand-over' ? flash(2, '○●●○', 400) : [];
  if (!above) return [...asked, ...times(6, run(200, '●○○○', '○○○●'))];
  const doubtful = liveness === 'failed' || liveness === 'not-checked';
  const stays: Pattern = doubtful ? times(6, run(150, full, '●○○●')) : [[full, 1800]];
  return [...asked, ...run(150, bar(1), bar(2), bar(3)), ...stays];
}

function erased(because: Extract<Scene, { name: 'erased' }>['because']): Pattern {
  switch (because) {
    case 'decided':
      return [[full, 1000]];
    case 'cancelled':
    case 'timed-out':
      return flash(2, full, 300);
    case 'fault':
      return times(3, run(250, '●○○●', '○●●○'));
  }
}

/** All is well: the row fills from both ends. Something stands against a visit: the ends flash. */
function selfTested(checks: readonly Checked[]): Pattern {
  if (checks.some(({ verdict }) => verdict === 'failed')) return flash(4, '●○○●', 250);
  return [...run(300, '●○○●'), [full, 900]];
}

/**
 * Light n is choice n: the one in focus is lit, the others wink. When time runs out the one in focus flickers. With
 * nothing to choose all is dark for as long: it is not the clerk's turn.
 */
function choosing({ choices, focus, secondsLeft, scene }: View): Pattern {
  if (choices.length === 0) return [[dark, 2400]];
  const offered = bar(choices.length);
  const focused = rowOf((index) => index === focus);
  const hurried = secondsLeft !== undefined && scene.name !== 'erased';
  const turn: readonly Frame[] = hurried
    ? [...run(100, offered, focused), [dark, 200]]
    : [
        [offered, 100],
        [focused, 700],
      ];
  return times(hurried ? 6 : 3, turn);
}
