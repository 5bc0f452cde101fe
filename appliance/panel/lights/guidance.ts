import type { Finding, FindingCode } from '../../findings.js';
import type { Instruction } from '../../protocol/vault.js';
import { bar, dark, flash, full, type Pattern, run, times } from './pattern.js';

const leftward = run(150, '○○○●', '○○●○', '○●○○', '●○○○');
const rightward = run(150, '●○○○', '○●○○', '○○●○', '○○○●');
const pause: Pattern = [[dark, 400]];

/** What the visitor is asked to change. Left and right are the visitor's own, as in a looking-glass. */
export const guidance: Readonly<Record<Instruction, Pattern>> = {
  'look-here': run(500, '○●●○', dark),
  nearer: run(250, '●○○●', '○●●○', dark),
  further: run(250, '○●●○', '●○○●', dark),
  left: [...leftward, ...pause],
  right: [...rightward, ...pause],
  up: [...run(200, bar(1), bar(2), bar(3), full), ...pause],
  down: [...run(200, full, bar(3), bar(2), bar(1)), ...pause],
  'face-front': run(300, '○●○○', '○○●○'),
  'more-light': [
    [full, 100],
    [dark, 1400],
  ],
  'less-light': [
    [full, 900],
    [dark, 200],
  ],
  'even-light': [
    ['●●○○', 900],
    [full, 300],
  ],
  'uncover-eyes': [...flash(2, '●●○○', 150), [dark, 600]],
  'uncover-mouth': [...flash(2, '○○●●', 150), [dark, 600]],
  'one-person': [
    ['●○○●', 400],
    ['●○○○', 800],
  ],
  'hold-still': [[full, 1000]],
  blink: [['●○○●', 800], ...run(150, dark, '●○○●', dark)],
  'turn-left': [...run(300, '○○●●', '○●●○', '●●○○'), ...pause],
  'turn-right': [...run(300, '●●○○', '○●●○', '○○●●'), ...pause],
  'turn-up': [...run(300, bar(2), full), ...pause],
  'turn-down': [...run(300, full, bar(2)), ...pause],
};

const layAgain = flash(2, '○●●○', 300);
const turnOver = times(2, run(300, '●●○○', '○○●●'));

const mended: Readonly<Record<Finding['side'], Partial<Record<FindingCode, Pattern>>>> = {
  document: {
    'card-face-down': turnOver,
    'two-documents': guidance['one-person'],
    'several-faces': guidance['one-person'],
    'portrait-glare': [...rightward, ...leftward],
  },
  probe: {
    'several-faces': guidance['one-person'],
    'face-too-small': guidance.nearer,
    'face-too-large': guidance.further,
    'face-turned': guidance['face-front'],
    'too-dark': guidance['more-light'],
    'too-bright': guidance['less-light'],
    'uneven-light': guidance['even-light'],
    blurred: guidance['hold-still'],
    'eyes-covered': guidance['uncover-eyes'],
    'mouth-covered': guidance['uncover-mouth'],
    'liveness-failed': guidance.blink,
    'liveness-not-checked': guidance.blink,
  },
};

/** How to mend what stood against a picture most: of a document, to lay it anew if nothing else helps. */
export function remedy(findings: readonly Finding[]): Pattern {
  const urgent = findings.find(({ blocking }) => blocking) ?? findings.at(0);
  if (!urgent) return layAgain;
  return mended[urgent.side][urgent.code] ?? (urgent.side === 'document' ? layAgain : guidance['look-here']);
}
