import { type FindingCode, findingCodes, type Side } from '../../../appliance/findings.js';
import { remedy } from '../../../appliance/panel/lights/guidance.js';
import type { Scene, View } from '../../../appliance/panel/view.js';
import { instruction } from '../../../appliance/protocol/vault.js';
import type { Choice } from '../../../appliance/protocol/choice.js';
import { everyScene, viewOf } from '../views.js';

type Poor = 'document-poor' | 'photograph-poor';

const poor = (name: Poor, code: FindingCode): Scene => ({
  name,
  findings: [{ side: name === 'document-poor' ? 'document' : 'probe', code, blocking: true }],
});
const result = (above: boolean, liveness?: 'passed' | 'failed' | 'not-checked'): Scene => ({
  name: 'result',
  above,
  comparison: { similarity: above ? 0.61 : 0.31, falseMatchRate: 0.01 },
  threshold: 0.46,
  model: 'dlib-resnet-mobilefacenet',
  findings: [],
  ...(liveness ? { liveness } : {}),
});
const erased = (because: Extract<Scene, { name: 'erased' }>['because']): Scene => ({
  name: 'erased',
  pictures: true,
  at: '14:32:07',
  record: '2026-0417',
  because,
});

const aboveChoices: readonly Choice[] = ['hand-over', 'photograph-again', 'ask-superior', 'do-not-hand-over'];
const belowChoices: readonly Choice[] = [
  'photograph-again',
  'scan-again',
  'do-not-hand-over',
  'ask-superior',
];
const reasons: readonly Choice[] = ['clear-by-sight', 'compare-faces', 'proxy'];

/** A question once for each choice that can be in focus, and for none where it begins so; and in its last seconds. */
function question(name: string, scene: Scene, choices: readonly Choice[]): [string, View][] {
  const atFirst = viewOf(scene, choices);
  return [
    ...(atFirst.focus === undefined ? [[`${name}, none in focus`, atFirst] as [string, View]] : []),
    ...choices.map((choice, focus): [string, View] => [
      `${name}: ${choice}`,
      viewOf(scene, choices, { focus }),
    ]),
    [`${name}, in the end`, viewOf(scene, choices, { secondsLeft: 20 })],
  ];
}

/** One finding for each remedy that the lights can show for a picture. */
function troubles(side: Side): FindingCode[] {
  const byRemedy = new Map<string, FindingCode>();
  for (const code of findingCodes) {
    const shown = JSON.stringify(remedy([{ side, code, blocking: true }]));
    if (!byRemedy.has(shown)) byRemedy.set(shown, code);
  }
  return [...byRemedy.values()];
}

/** Every view that a clerk with the lights alone must tell from all others. */
export const distinctViews: ReadonlyMap<string, View> = new Map<string, View>([
  ['starting', viewOf({ name: 'starting' })],
  ['idle', viewOf({ name: 'idle' }, ['begin'])],
  ['idle, the self-test in focus', viewOf({ name: 'idle' }, ['begin', 'self-test'], { focus: 1 })],
  ['self-test', everyScene['self-test']],
  ['self-tested, all well', everyScene['self-tested, all well']],
  ['self-tested, with failures', everyScene['self-tested, with failures']],
  ['set-clock', everyScene['set-clock']],
  [
    'idle, the update in focus',
    viewOf(everyScene['idle, with an update'].scene, ['begin', 'self-test', 'update'], { focus: 2 }),
  ],
  [
    'idle, the update last',
    viewOf(everyScene['idle, with an update'].scene, ['begin', 'self-test', 'set-clock', 'update'], {
      focus: 3,
    }),
  ],
  ['updating, looked at', everyScene['updating, looked at']],
  ['updating, written', everyScene['updating, written']],
  ['restarting', everyScene.restarting],
  ...question('update-found', everyScene['update-found'].scene, ['install-update', 'not-now']),
  ...question('update-failed', everyScene['update-failed'].scene, ['done']),
  [
    'idle, the records in focus',
    viewOf({ name: 'idle' }, ['begin', 'self-test', 'copy-records'], { focus: 2 }),
  ],
  ['copying', everyScene.copying],
  ...question('copy-asked', everyScene['copy-asked'].scene, ['copy-now', 'not-now']),
  ...question('copied', everyScene.copied.scene, ['done']),
  ...question('copied, broken', everyScene['copied, a broken chain'].scene, ['done']),
  ...question('copy-failed', everyScene['copy-failed'].scene, ['done']),
  ...question('changes', everyScene.changes.scene, ['seen-changes', 'not-now']),
  ['idle, with a notice', viewOf({ name: 'idle' }, ['begin'], { tornRecords: 1 })],
  ['scanner missing', viewOf({ name: 'unavailable', fault: 'scanner-missing' })],
  ['camera missing', viewOf({ name: 'unavailable', fault: 'camera-missing' })],
  ['out of order', viewOf({ name: 'unavailable', fault: 'record-disk-full' })],
  ['erasure unproven', viewOf({ name: 'unavailable', fault: 'erasure-unproven' })],
  ...question('reason', { name: 'reason', policy: 'always' }, reasons),
  ...question('notice', { name: 'notice' }, ['agree', 'refuse']),
  ['place-document, not yet', viewOf({ name: 'place-document' })],
  ...question('place-document', { name: 'place-document' }, ['scan-now']),
  ...[0, 0.3, 0.6, 0.9].map((fraction): [string, View] => [
    `scanning ${fraction}`,
    viewOf({ name: 'scanning', fraction }),
  ]),
  ...troubles('document').flatMap((code) =>
    question(`document-poor ${code}`, poor('document-poor', code), ['scan-again', 'stop']),
  ),
  ...question('before-photograph', { name: 'before-photograph' }, ['photograph-now']),
  ...instruction.options.map((each): [string, View] => [
    `photographing ${each}`,
    viewOf({ name: 'photographing', fraction: 0.4, instruction: each }, [], { cameraLight: true }),
  ]),
  ...troubles('probe').flatMap((code) =>
    question(`photograph-poor ${code}`, poor('photograph-poor', code), ['photograph-again', 'stop']),
  ),
  ['comparing', viewOf({ name: 'comparing' })],
  ...question('above', result(true), aboveChoices),
  ...question('above, doubtful', result(true, 'failed'), aboveChoices),
  ...question('below', result(false), belowChoices),
  ...question(
    'above, no photograph left',
    result(true),
    aboveChoices.filter((choice) => choice !== 'photograph-again'),
  ),
  ...question(
    'below, no photograph left',
    result(false),
    belowChoices.filter((choice) => choice !== 'photograph-again'),
  ),
  ...question(
    'below, no scan left',
    result(false),
    belowChoices.filter((choice) => choice !== 'scan-again'),
  ),
  ...question('below, nothing left', result(false), belowChoices.slice(2)),
  ['document-poor, no scan left', everyScene['document-poor, no scan left']],
  ['photograph-poor, no photograph left', everyScene['photograph-poor, no photograph left']],
  ...question('consulting, above', result(true), ['do-not-hand-over', 'hand-over']),
  ...question('consulting, below', result(false), ['do-not-hand-over', 'hand-over']),
  ...question('not-comparable', { name: 'not-comparable', findings: [] }, ['done']),
  ...question('refused', { name: 'explain', about: 'refused' }, ['done']),
  ...question('not verified', { name: 'explain', about: 'not-verified' }, ['done']),
  ['erasing', viewOf({ name: 'erasing' })],
  ['erased', viewOf(erased('decided'), ['done'])],
  ['broken off', viewOf(erased('cancelled'), ['done'])],
  ['broken off by a fault', viewOf(erased('fault'), ['done'])],
]);
