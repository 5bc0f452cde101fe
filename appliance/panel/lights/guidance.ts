import type { Finding, FindingCode, Side } from '../../findings.js';
import type { Instruction } from '../../protocol/vault.js';
import { bar, dark, flash, full, type Pattern, run, times } from './pattern.js';

const leftward = run(150, '○○○●', '○○●○', '○●○○', '●○○○');
const rightward = run(150, '●○○○', '○●○○', '○○●○', '○○○●');
const pause: Pattern = [[dark, 400]];

/** What the visitor should change. Left and right are the visitor's own, as in a mirror. */
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

type Remedy = Readonly<Record<Side, Pattern>>;

/** Lay the document again, or look at the camera again: the lights cannot say more. */
const again: Remedy = { document: layAgain, probe: guidance['look-here'] };
const onlyOne: Remedy = { document: guidance['one-person'], probe: guidance['one-person'] };
const byVisitor = (instruction: Instruction): Remedy => ({ ...again, probe: guidance[instruction] });

const remedies: Readonly<Record<FindingCode, Remedy>> = {
  'unreadable-image': again,
  'picture-type-unsupported': again,
  'image-too-large': again,
  'scan-empty': again,
  'scan-short': again,
  'no-portrait': again,
  'card-face-down': { ...again, document: turnOver },
  'two-documents': { ...again, document: guidance['one-person'] },
  'portrait-too-small': again,
  'portrait-small': again,
  'portrait-blurred': again,
  'portrait-glare': { ...again, document: [...rightward, ...leftward] },
  'no-face': again,
  'several-faces': onlyOne,
  'face-too-small': byVisitor('nearer'),
  'face-too-large': byVisitor('further'),
  'face-off-centre': again,
  'face-turned': byVisitor('face-front'),
  'face-unsettled': again,
  'too-dark': byVisitor('more-light'),
  'too-bright': byVisitor('less-light'),
  'uneven-light': byVisitor('even-light'),
  blurred: byVisitor('hold-still'),
  'eyes-covered': byVisitor('uncover-eyes'),
  'mouth-covered': byVisitor('uncover-mouth'),
  'liveness-failed': byVisitor('blink'),
  'liveness-not-checked': byVisitor('blink'),
  'picture-suspected': again,
};

/** The remedy for the first finding that blocks the comparison, or else for the first one. */
export function remedy(findings: readonly Finding[]): Pattern {
  const urgent = findings.find(({ blocking }) => blocking) ?? findings.at(0);
  return urgent ? remedies[urgent.code][urgent.side] : layAgain;
}
