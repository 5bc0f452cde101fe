import type { FaultCode, Finding } from '../../findings.js';
import { type Checked, checkName } from '../../health/check.js';
import { stepName } from '../../protocol/bench-test.js';
import type { Choice } from '../../protocol/choice.js';
import type { Scene, View } from '../view.js';
import { guidance, remedy } from './guidance.js';
import { bar, dark, flash, type Frame, full, type Pattern, type Row, rowOf, run, times } from './pattern.js';

/** What the four status lights show: position and rhythm tell the scenes apart, not colour. */
export function patternOf(view: View): Pattern {
  const { scene } = view;
  switch (scene.name) {
    case 'starting':
      return run(1000, full, dark);
    case 'unavailable':
      return unavailable(scene.fault);
    case 'idle':
      return idle(view);
    case 'reason':
      return question(step(1), view);
    case 'notice':
      return question(step(2), view);
    case 'place-document':
      return question(step(3), view);
    case 'scanning':
      return growing(scene.fraction);
    case 'document-poor':
      return question(scene.spent ? noneLeft(3) : again(3, scene.findings), view);
    case 'before-photograph':
      return question(step(4), view);
    case 'photographing':
      return guidance[scene.instruction];
    case 'photograph-poor':
      return question(scene.spent ? noneLeft(4) : again(4, scene.findings), view);
    case 'comparing':
      return run(120, '●○○○', '○●○○', '○○●○', '○○○●', '○○●○', '○●○○');
    case 'result':
      return question(result(scene, view), view);
    case 'not-comparable':
      return question(times(4, notComparable), view);
    case 'explain':
      return question(flash(3, scene.about === 'refused' ? '○○○●' : '○○●●', 200), view);
    case 'erasing':
      return run(400, full, '○●●○', dark);
    case 'erased':
      return question(erased(scene.because), view);
    case 'self-test':
      return growing(scene.checks.length / checkName.options.length, barFromRight);
    case 'self-tested':
      return question(selfTested(scene.checks), view);
    // Somebody sets it at the screen, which shows the time.
    case 'set-clock':
    case 'applying-clock':
    case 'clock-set':
    case 'clock-not-set':
      return run(500, '○●○○', '○○○●');
    case 'update-found':
      return question(times(2, pairs), view);
    case 'updating':
      return [...pairs, ...times(3, growing(scene.fraction))];
    case 'restarting':
      return run(1000, '●●○○', '○○●●');
    case 'update-failed':
      return question([...pairs, ...flash(4, '○●●○', 150)], view);
    case 'copy-asked':
      return question(times(2, threes), view);
    case 'copying':
      return [...threes, ...times(3, growing(scene.fraction))];
    case 'copied':
      return question([...threes, ...(scene.whole ? wholeCopy : flash(4, '●○○●', 250))], view);
    case 'copy-failed':
      return question([...threes, ...flash(4, '○●●○', 150)], view);
    case 'changes':
      return question(times(2, swapped), view);
    case 'vendor-entering':
    case 'vendor-saving':
      return run(250, ...crossing);
    case 'vendor-menu':
      return question(run(250, ...crossing), view);
    case 'vendor-refused':
      return question([...run(250, ...crossing), ...flash(4, '○●●○', 150)], view);
    case 'vendor-reported':
      return question([...run(250, ...crossing), ...vendorReported(scene)], view);
    case 'bench-test':
      return benchTest(scene);
  }
}

/** The sign of a vendor's test: two lights that meet in the middle. */
const crossing = ['●○○●', '○●●○', '●○○●', '○●●○'] as const;

function vendorReported({ bench, checks = [] }: Extract<Scene, { name: 'vendor-reported' }>): Pattern {
  const well = bench ? bench.outcome === 'passed' : !checks.some(({ verdict }) => verdict === 'failed');
  return well ? [[full, 900]] : flash(4, '●○○●', 250);
}

/** While a light is tested, it is on and no other; while anything else is asked, all are dark. */
function benchTest({ ask, press, steps }: Extract<Scene, { name: 'bench-test' }>): Pattern {
  const light = ['led1', 'led2', 'led3', 'led4'].indexOf(ask ?? '');
  if (ask ?? press) return [[rowOf((index) => index === light), 1000]];
  return [...run(250, ...crossing), ...times(3, growing(steps.length / stepName.options.length))];
}

/** A scene that waits for the clerk: its own sign, then the choices. */
const question = (sign: Pattern, view: View): Pattern => [...gap, ...sign, ...gap, ...choosing(view)];

const gap: Pattern = [[dark, 300]];

/** The sign of an update: the halves of the row in turn. */
const pairs: Pattern = run(300, '●●○○', '○○●●', '●●○○', '○○●●');

/** The sign of what has changed: each light gives way to its neighbour. */
const swapped: Pattern = run(150, '●○○○', '○●○○', '●○○○', '○●○○', '○○●○', '○○○●', '○○●○', '○○○●');

/** The sign of a copy of the records: three lights that shift by one. */
const threes: Pattern = run(300, '●●●○', '○●●●', '●●●○', '○●●●');
const wholeCopy: Pattern = [[full, 900]];

/** The scanner is the left end of the row, the camera the right end. */
function unavailable(fault: FaultCode): Pattern {
  if (fault === 'erasure-unproven') return run(150, full, dark);
  const device = fault.startsWith('scanner-') ? '●○○○' : fault.startsWith('camera-') ? '○○○●' : '○●●○';
  return [...flash(3, device, 150), [dark, 900]];
}

/** The chosen light stays lit; the last one winks while the screen asks for the technician. */
function idle({ scene, focus, settingsProblems, tornRecords, interrupted, warnings }: View): Pattern {
  const chosen = rowOf((index) => index === focus);
  const news = scene.name === 'idle' && scene.update !== undefined;
  const isNoticed = settingsProblems + tornRecords + warnings.length > 0 || interrupted !== undefined;
  if (!news && !isNoticed) return [[chosen, 1000]];
  return [
    [chosen, 900],
    [rowOf((index) => index === focus || index === 3), 100],
  ];
}

const barFromRight = (count: number): Row => rowOf((index) => index >= 4 - count);

/** A progress bar; its next light blinks. */
function growing(fraction: number, barOf = bar): Pattern {
  const done = Math.min(Math.floor(fraction * 4), 3);
  return run(400, barOf(done + 1), barOf(done));
}

/** The first step of a visit flashes one light once, the second two lights twice, and so on. */
const step = (number: number): Pattern => flash(number, bar(number), 200);

/** The sign of what cannot be compared. */
const notComparable: Pattern = run(300, '●○●○', '○●○●');

/** A step that cannot be repeated any more. */
const noneLeft = (number: number): Pattern => [
  ...flash(5, bar(number), 100),
  ...gap,
  ...times(2, notComparable),
];

/** A step to repeat: its lights flash fast, then the remedy follows. */
const again = (number: number, findings: readonly Finding[]): Pattern => [
  ...flash(5, bar(number), 100),
  ...gap,
  ...times(2, remedy(findings)),
];

/**
 * Above and below the threshold must not be confused: above fills the row and stays, below hops from end to end with
 * one light at a time. Above, what may be a picture of a face (a challenge not passed, a suspicion) makes the full row
 * tremble.
 */
function result(
  { above, liveness, findings }: Extract<Scene, { name: 'result' }>,
  { choices }: View,
): Pattern {
  const superiorAsked = choices.includes('ask-superior') ? [] : flash(2, '○●●○', 400);
  const spent = superiorAsked.length > 0 ? [] : spentOf(above, choices);
  if (!above) return [...superiorAsked, ...times(6, run(200, '●○○○', '○○○●')), ...spent];
  const suspected = findings.some(({ code }) => code === 'picture-suspected');
  const doubtful = suspected || liveness === 'failed' || liveness === 'not-checked';
  const stays: Pattern = doubtful ? times(6, run(150, full, '●○○●')) : [[full, 1800]];
  return [...superiorAsked, ...run(150, bar(1), bar(2), bar(3)), ...stays, ...spent];
}

/** Which picture cannot be taken again: the camera's light at the right end, the scanner's at the left end. */
function spentOf(above: boolean, choices: readonly Choice[]): Pattern {
  const photograph: Pattern = choices.includes('photograph-again') ? [] : [...gap, ['○○○●', 800]];
  const scan: Pattern = above || choices.includes('scan-again') ? [] : [...gap, ['●○○○', 800]];
  return [...photograph, ...scan];
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

/** All is well: the row fills from both ends. No visit can begin: the ends flash. */
function selfTested(checks: readonly Checked[]): Pattern {
  if (checks.some(({ verdict }) => verdict === 'failed')) return flash(4, '●○○●', 250);
  return [...run(300, '●○○●'), [full, 900]];
}

/**
 * Light n is choice n: the one in focus is lit, the others wink; a decision begins with none in focus. When time runs
 * out, they flicker. Without choices all lights stay dark as long: it is not the clerk's turn.
 */
function choosing({ choices, focus, secondsLeft }: View): Pattern {
  if (choices.length === 0) return [[dark, 2400]];
  const offered = bar(choices.length);
  const focused = rowOf((index) => index === focus);
  const hurried = secondsLeft !== undefined;
  const turn: readonly Frame[] = hurried
    ? run(100, offered, focused, focus === undefined ? offered : dark, dark)
    : [
        [offered, 100],
        [focused, 700],
      ];
  return times(hurried ? 6 : 3, turn);
}
