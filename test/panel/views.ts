import fc from 'fast-check';

import { notSet } from '../../appliance/clock/clock.js';
import { type Minute, minuteOf } from '../../appliance/clock/minute.js';
import { batterySet } from '../../appliance/clock/set-protocol.js';
import { exportFault, readers } from '../../appliance/export/protocol.js';
import { faultCodes, findingCodes, side, type Finding } from '../../appliance/findings.js';
import { checkName, remarkCodes, type Verdict, verdict } from '../../appliance/health/check.js';
import { wordsIn } from '../../appliance/panel/words/said.js';
import {
  deviceState,
  status,
  type Scene,
  type UpdateNews,
  type VendorStickNews,
  type View,
} from '../../appliance/panel/view.js';
import { benchOutcome, question, stepName, stepVerdict } from '../../appliance/protocol/bench-test.js';
import { button } from '../../appliance/protocol/lights.js';
import { vendorFault } from '../../appliance/protocol/vendor.js';
import { key, type Key } from '../../appliance/protocol/key.js';
import { language } from '../../appliance/protocol/language.js';
import { because, liveness, policy, way } from '../../appliance/record/entry.js';
import { returnedBecause, updateFault } from '../../appliance/update/protocol.js';
import { choice, type Choice } from '../../appliance/protocol/choice.js';
import { instruction, outlineStep, scannerWait } from '../../appliance/protocol/vault.js';

const surroundings = {
  language: 'ja',
  status: 'question',
  municipality: '忍野村',
  counter: '1番窓口',
  practice: false,
  way: 'card',
  camera: 'ready',
  scanner: 'ready',
  cameraLight: false,
  settingsProblems: 0,
  tornRecords: 0,
  warnings: [],
} as const;

/** Scenes in which no choice is in focus at first; `reason` too, unless the policy suggests one. */
const decisions: readonly Scene['name'][] = [
  'reason',
  'notice',
  'result',
  'update-found',
  'copy-asked',
  'changes',
];

/** A view as the core would send it: the keys are those that the choices need, and those named. */
export function viewOf(
  scene: Scene,
  choices: readonly Choice[] = [],
  more: Partial<View> = {},
  keys: readonly Key[] = ['cancel', 'language'],
): View {
  const first = choices.length === 0 || decisions.includes(scene.name) ? {} : { focus: 0 };
  const shown = { ...surroundings, scene, choices: [...choices], ...first, ...more };
  const needed: Key[] = [
    ...(choices.length > 1 ? (['left', 'right'] as const) : []),
    ...(shown.focus === undefined ? [] : (['enter'] as const)),
  ];
  return { keys: [...needed, ...keys], ...shown };
}

const finding = (side: Finding['side'], code: Finding['code'], blocking: boolean): Finding => ({
  side,
  code,
  blocking,
});

/** With the built-in recogniser, whose calibration claims nothing rarer. */
const compared = { similarity: 0.64, falseMatchRate: 0.146, among: 'alike', fewOfGroup: true } as const;
const still: readonly Key[] = ['language'];
const onClock: readonly Key[] = ['left', 'right', 'back', 'cancel', 'language'];
/** The widest there is. */
const time: Minute = { year: 2026, month: 12, day: 31, hour: 23, minute: 59 };

/** What a vendor's report is called on a stick. */
const reports: string[] = ['txt', 'json'].map((as) => `terashi-bench-test-0123456789ab-202611301432.${as}`);

const recordsCopy = 'terashi-records-2026-0001-to-2026-0417-1a2b3c4d.jsonl';

/** All checks of the self-test, one in three of them with this verdict. */
function checksOf(verdict: Verdict): Extract<Scene, { name: 'self-tested' }>['checks'] {
  const codes = {
    ok: undefined,
    warning: 'power-weak',
    failed: 'scanner-missing',
    'not-made': 'not-looked',
  } as const;
  return checkName.options.map((check, i) => {
    const given = i % 3 === 0 ? verdict : i % 3 === 1 ? 'not-made' : 'ok';
    const code = codes[given];
    return { check, verdict: given, numbers: {}, ...(code ? { code } : {}) };
  });
}

/** Changes of everything that has a name, to and from everything that has a word, six a view. */
function namedChanges(): [string, View][] {
  const { what, value } = wordsIn.ja.changes;
  const values = Object.keys(value);
  const all = Object.keys(what).map((name, i) => ({ what: name, before: values.at(i % values.length)! }));
  return Array.from({ length: Math.ceil(all.length / 6) }, (_, i) => [
    `changes, ${i}`,
    viewOf({ name: 'changes', changes: all.slice(6 * i, 6 * i + 6), more: 0 }, ['seen-changes', 'not-now']),
  ]);
}

/** Every scene at least once, as in a visit. */
export const everyScene: Readonly<Record<string, View>> = {
  starting: viewOf({ name: 'starting' }, [], {}, still),
  idle: viewOf({ name: 'idle' }, ['begin'], {}, still),
  'idle, with notices': viewOf(
    { name: 'idle' },
    ['begin'],
    { settingsProblems: 2, settingsLine: 12, tornRecords: 1 },
    still,
  ),
  'idle, after a visit that was interrupted': viewOf(
    { name: 'idle' },
    ['begin'],
    { settingsProblems: 2, settingsLine: 12, tornRecords: 1, interrupted: '2026-0417' },
    still,
  ),
  'idle, with a warning': viewOf(
    { name: 'idle' },
    ['begin', 'self-test'],
    { warnings: ['power-weak', 'hot'] },
    still,
  ),
  unavailable: viewOf({ name: 'unavailable', fault: 'scanner-missing' }, [], { scanner: 'missing' }, still),
  'unavailable, nothing plugged in': viewOf(
    { name: 'unavailable', fault: 'scanner-missing' },
    [],
    { scanner: 'missing', camera: 'missing' },
    still,
  ),
  'unavailable, with a number to call': viewOf(
    { name: 'unavailable', fault: 'scanner-denied' },
    [],
    { scanner: 'missing', support: '0555-00-0000（平日9時から17時）' },
    still,
  ),
  'unavailable, one scanner awaited': viewOf(
    { name: 'unavailable', fault: 'scanner-missing' },
    [],
    { scanner: 'missing', awaited: 'FUJITSU fi-65F' },
    still,
  ),
  'unavailable, record to be written': viewOf({ name: 'unavailable', fault: 'record-disk-full' }, [], {}, [
    'enter',
    'language',
  ]),
  reason: viewOf(
    { name: 'reason', policy: 'always' },
    ['clear-by-sight', 'compare-faces', 'proxy'],
    { focus: 1 },
    ['back', 'cancel', 'language'],
  ),
  'reason, in the end': viewOf(
    { name: 'reason', policy: 'in-doubt' },
    ['clear-by-sight', 'compare-faces', 'proxy'],
    { secondsLeft: 12 },
    ['back', 'cancel', 'language'],
  ),
  notice: viewOf({ name: 'notice' }, ['agree', 'refuse'], {}, ['back', 'cancel', 'language']),
  'notice, with the municipality’s own way': viewOf({ name: 'notice' }, ['agree', 'refuse'], {
    way: 'form',
    ifDeclined: '本人確認書類を2点拝見して、お渡しします。',
  }),
  'place-document': viewOf({ name: 'place-document' }, ['scan-now'], {}, ['back', 'cancel', 'language']),
  scanning: viewOf({ name: 'scanning', fraction: 0.62 }, [], {}, ['back', 'cancel', 'language']),
  ...Object.fromEntries(
    scannerWait.options.map((waiting) => [
      `scanning, waiting: ${waiting}`,
      viewOf({ name: 'scanning', fraction: 0, waiting }, [], {}, ['back', 'cancel', 'language']),
    ]),
  ),
  'document-poor': viewOf(
    {
      name: 'document-poor',
      findings: [finding('document', 'portrait-small', false), finding('document', 'too-bright', true)],
    },
    ['scan-again', 'stop'],
  ),
  'before-photograph': viewOf({ name: 'before-photograph' }, ['photograph-now']),
  photographing: viewOf({
    name: 'photographing',
    fraction: 0.4,
    instruction: 'left',
    outline: { x: 68, y: 48, width: 20, height: 36, roll: 15 },
  }),
  'photographing, nobody there': viewOf({ name: 'photographing', fraction: 0, instruction: 'look-here' }),
  'photograph-poor': viewOf(
    { name: 'photograph-poor', findings: [finding('probe', 'mouth-covered', true)] },
    ['photograph-again', 'stop'],
  ),
  'document-poor, no scan left': viewOf(
    { name: 'document-poor', findings: [finding('document', 'too-bright', true)], spent: true },
    ['stop'],
    { focus: undefined },
  ),
  'photograph-poor, no photograph left': viewOf(
    { name: 'photograph-poor', findings: [finding('probe', 'mouth-covered', true)], spent: true },
    ['stop'],
    { focus: undefined },
  ),
  'scanning again': viewOf({ name: 'scanning', fraction: 0.62, attempt: 2 }),
  'photographing again': viewOf({
    name: 'photographing',
    fraction: 0.4,
    instruction: 'nearer',
    outline: { x: 44, y: 48, width: 16, height: 24, roll: 0 },
    attempt: 2,
  }),
  comparing: viewOf({ name: 'comparing' }),
  above: viewOf(
    {
      name: 'result',
      above: true,
      comparison: compared,
      threshold: 0.46,
      model: 'dlib-resnet-mobilefacenet',
      findings: [],
    },
    ['hand-over', 'photograph-again', 'ask-superior', 'do-not-hand-over'],
  ),
  'above, with a challenge that failed': viewOf(
    {
      name: 'result',
      above: true,
      comparison: compared,
      threshold: 0.46,
      model: 'dlib-resnet-mobilefacenet',
      liveness: 'failed',
      findings: [],
    },
    ['hand-over', 'photograph-again', 'ask-superior', 'do-not-hand-over'],
  ),
  'above, at the last photograph': viewOf(
    {
      name: 'result',
      above: true,
      comparison: { similarity: 0.64, falseMatchRate: 3 / 240 },
      tries: { photographs: 3, scans: 1, comparisons: 3, lowest: 0.3132 },
      threshold: 0.46,
      model: 'dlib-resnet-mobilefacenet',
      findings: [],
    },
    ['hand-over', 'ask-superior', 'do-not-hand-over'],
  ),
  'above, perhaps a picture': viewOf(
    {
      name: 'result',
      above: true,
      comparison: compared,
      threshold: 0.46,
      model: 'dlib-resnet-mobilefacenet',
      findings: [finding('document', 'portrait-small', false), finding('probe', 'picture-suspected', false)],
    },
    ['hand-over', 'photograph-again', 'ask-superior', 'do-not-hand-over'],
  ),
  'photographing, a nod': viewOf({ name: 'photographing', fraction: 0.8, instruction: 'turn-down' }),
  'photographing, a turn': viewOf({ name: 'photographing', fraction: 0.7, instruction: 'turn-right' }),
  below: viewOf(
    {
      name: 'result',
      above: false,
      comparison: { similarity: 0.3132, falseMatchRate: 0.04 },
      threshold: 0.46,
      model: 'dlib-resnet-mobilefacenet',
      findings: [finding('probe', 'too-dark', false)],
    },
    ['photograph-again', 'scan-again', 'do-not-hand-over', 'ask-superior'],
  ),
  ...Object.fromEntries(
    [['scan-again' as const], ['photograph-again' as const], []].map((left) => [
      `below, ${left.join() || 'nothing'} left`,
      viewOf(
        {
          name: 'result',
          above: false,
          comparison: { similarity: 0.4019, falseMatchRate: 1 },
          tries: { photographs: 3, scans: 2, comparisons: 4, lowest: 0.3132 },
          threshold: 0.46,
          model: 'dlib-resnet-mobilefacenet',
          liveness: 'not-checked',
          findings: [finding('probe', 'too-dark', false), finding('document', 'portrait-small', false)],
        },
        [...left, 'do-not-hand-over', 'ask-superior'],
      ),
    ]),
  ),
  'not-comparable, nothing left': viewOf(
    { name: 'not-comparable', findings: [finding('probe', 'no-face', true)], spent: true },
    ['done'],
  ),
  'not-comparable': viewOf({ name: 'not-comparable', findings: [finding('probe', 'no-face', true)] }, [
    'done',
  ]),
  'explain refused': viewOf({ name: 'explain', about: 'refused' }, ['done']),
  'explain not-verified': viewOf({ name: 'explain', about: 'not-verified' }, ['done']),
  erasing: viewOf({ name: 'erasing' }, [], {}, still),
  erased: viewOf(
    { name: 'erased', pictures: true, at: '14:32:07', record: '2026-0417', because: 'decided' },
    ['done'],
  ),
  'self-test': viewOf({ name: 'self-test', checks: checksOf('ok').slice(0, 8), now: 'camera' }),
  ...Object.fromEntries(
    scannerWait.options.map((waiting) => [
      `self-test, waiting: ${waiting}`,
      viewOf({ name: 'self-test', checks: checksOf('ok').slice(0, 14), now: 'scanner', waiting }),
    ]),
  ),
  'self-tested, all well': viewOf({ name: 'self-tested', checks: checksOf('ok') }, ['done', 'self-test']),
  'self-tested, with warnings': viewOf({ name: 'self-tested', checks: checksOf('warning') }, [
    'done',
    'self-test',
  ]),
  'self-tested, with failures': viewOf({ name: 'self-tested', checks: checksOf('failed') }, [
    'done',
    'self-test',
  ]),
  'self-tested, cut short': viewOf({ name: 'self-tested', checks: [] }, ['done', 'self-test']),
  'idle, with a clock to set': viewOf(
    { name: 'idle' },
    ['begin', 'self-test', 'set-clock'],
    { warnings: ['swap-elsewhere', 'clock-untrusted'] },
    still,
  ),
  'idle, with an update': viewOf(
    { name: 'idle', update: { is: 'found', version: '0.2.0' } },
    ['begin', 'self-test', 'set-clock', 'update'],
    { warnings: ['clock-untrusted'] },
    still,
  ),
  'idle, with an update refused': viewOf(
    { name: 'idle', update: { is: 'refused', why: 'foreign-key' } },
    ['begin', 'self-test'],
    {},
    still,
  ),
  'idle, returned from an update': viewOf(
    { name: 'idle', update: { is: 'returned', version: '0.2.0', why: 'did-not-start' } },
    ['begin', 'self-test', 'set-clock', 'dismiss'],
    { warnings: ['clock-untrusted'], settingsProblems: 2, settingsLine: 12, tornRecords: 1 },
    still,
  ),
  'update-found': viewOf({ name: 'update-found', version: '0.2.0' }, ['install-update', 'not-now']),
  'updating, looked at': viewOf({ name: 'updating', version: '0.2.0', fraction: 0.1, writing: false }),
  'updating, written': viewOf(
    { name: 'updating', version: '0.2.0', fraction: 0.9, writing: true },
    [],
    {},
    still,
  ),
  restarting: viewOf({ name: 'restarting', version: '0.2.0' }, [], {}, still),
  'update-failed': viewOf({ name: 'update-failed', why: 'stick-lost' }, ['done']),
  'idle, with a stick': viewOf({ name: 'idle' }, ['begin', 'self-test', 'copy-records'], {}, still),
  changes: viewOf(
    {
      name: 'changes',
      changes: [
        { what: 'visit.liveness', before: 'required', after: 'off', weaker: true },
        { what: 'threshold', before: '0.46', after: '0.3', weaker: true },
        { what: 'camera', before: 'imx708_wide', after: 'HD Webcam' },
      ],
      more: 0,
    },
    ['seen-changes', 'not-now'],
  ),
  'changes, as many as fit': viewOf(
    {
      name: 'changes',
      changes: [
        { what: 'keys.export', before: 'age1ql3z7hjy54pw3hyww5ayyfg7..', weaker: true },
        { what: 'keys.signing', before: `ed25519:${'W'.repeat(20)}..`, after: `ed25519:${'w'.repeat(20)}..` },
        { what: 'recogniser', before: `${'m'.repeat(21)} 0123abcd`, after: `${'w'.repeat(21)} 4567cdef` },
        { what: 'calibration', after: '0123abcd' },
        { what: 'visit.if-declined', before: '本人確認書類を2点拝見して、お渡しします。お待ちく..' },
        { what: 'time.key', before: '120', after: '60' },
      ],
      more: 12,
    },
    ['seen-changes', 'not-now'],
  ),
  ...Object.fromEntries(namedChanges()),
  "changes, a value that is the name of an object's method": viewOf(
    {
      name: 'changes',
      changes: [{ what: 'camera', before: 'toString', after: 'constructor' }],
      more: 0,
    },
    ['seen-changes', 'not-now'],
  ),
  'changes, forgotten': viewOf({ name: 'changes', changes: [{ what: 'forgotten' }], more: 0 }, [
    'seen-changes',
    'not-now',
  ]),
  'copy-asked': viewOf({ name: 'copy-asked', readers: 'anybody' }, ['copy-now', 'not-now']),
  'copy-asked, encrypted': viewOf({ name: 'copy-asked', readers: 'key-holder' }, ['copy-now', 'not-now']),
  copying: viewOf({ name: 'copying', fraction: 0.4 }),
  copied: viewOf({ name: 'copied', copy: recordsCopy, count: 417, whole: true }, ['done']),
  'copied, a broken chain': viewOf({ name: 'copied', copy: recordsCopy, count: 417, whole: false }, ['done']),
  'copy-failed': viewOf({ name: 'copy-failed', why: 'stick-full' }, ['done']),
  'idle, with a vendor': viewOf(
    { name: 'idle', vendor: { is: 'found' } },
    ['begin', 'self-test', 'set-clock', 'vendor'],
    { warnings: ['clock-untrusted'], settingsProblems: 2, settingsLine: 12 },
    still,
  ),
  'idle, with a vendor refused': viewOf(
    { name: 'idle', vendor: { is: 'refused', why: 'other-box', box: '0123456789ab', image: 'ba9876543210' } },
    ['begin', 'self-test'],
    {},
    still,
  ),
  'unavailable, with a vendor': viewOf(
    { name: 'unavailable', fault: 'scanner-missing', vendor: { is: 'found' } },
    ['self-test', 'vendor'],
    { scanner: 'missing', camera: 'missing' },
    still,
  ),
  'vendor-entering': viewOf({ name: 'vendor-entering' }, [], { underTest: true }, still),
  'vendor-menu': viewOf(
    { name: 'vendor-menu', box: '0123456789ab', image: 'ba9876543210', until: '2026-12-31', dated: false },
    ['bench-test', 'doctor-report', 'export-report', 'done'],
    { underTest: true },
  ),
  'vendor-refused': viewOf({ name: 'vendor-refused', why: 'unrecorded' }, ['done'], { underTest: true }),
  'bench-test, a question': viewOf(
    {
      name: 'bench-test',
      steps: [{ step: 'self-test', verdict: 'passed' }],
      step: 'lights',
      ask: 'hold-card',
    },
    ['answer-yes', 'answer-no'],
    { underTest: true },
  ),
  'bench-test, a button': viewOf({ name: 'bench-test', steps: [], press: 'cancel' }, [], { underTest: true }),
  'bench-test, at work': viewOf(
    {
      name: 'bench-test',
      steps: stepName.options.slice(0, -1).map((step) => ({ step, verdict: 'not-made' })),
      step: 'visits',
      minutesLeft: 1440,
    },
    [],
    { underTest: true },
  ),
  'vendor-saving': viewOf({ name: 'vendor-saving' }, [], { underTest: true }, still),
  ...Object.fromEntries(
    benchOutcome.options.map((outcome) => [
      `vendor-reported, ${outcome}`,
      viewOf(
        {
          name: 'vendor-reported',
          bench: { outcome, steps: stepName.options.map((step) => ({ step, verdict: 'failed' })) },
          copies: [...reports],
        },
        ['done', 'export-report'],
        { underTest: true },
      ),
    ]),
  ),
  'vendor-reported, a self-test': viewOf(
    { name: 'vendor-reported', checks: checksOf('ok'), copies: [], why: 'stick-full' },
    ['done', 'export-report'],
    { underTest: true },
  ),
  'set-clock': viewOf({ name: 'set-clock', time, stop: 0, open: false }, ['set-time'], {}, onClock),
  'set-clock, a part open': viewOf(
    { name: 'set-clock', time, stop: 2, open: true },
    ['set-time'],
    {},
    onClock,
  ),
  'set-clock, all right': viewOf(
    { name: 'set-clock', time, stop: 5, open: false },
    ['set-time'],
    {},
    onClock,
  ),
  'applying-clock': viewOf({ name: 'applying-clock', time }, [], {}, still),
  'clock-set': viewOf({ name: 'clock-set', time, battery: 'absent' }, ['done']),
  'clock-not-set, before the last record': viewOf({ name: 'clock-not-set', time, why: 'before-record' }, [
    'change-time',
    'set-anyway',
    'done',
  ]),
  'clock-not-set, denied': viewOf({ name: 'clock-not-set', time, why: 'clock-denied' }, ['done']),
  'erased after a fault': viewOf(
    {
      name: 'erased',
      pictures: true,
      at: '14:32:07',
      record: '2026-0417',
      because: 'fault',
      fault: 'vault-died',
    },
    ['done'],
  ),
};

const fraction = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }));
const fault = fc.constantFrom(...faultCodes);
const findings = fc.array(
  fc.record({
    side: fc.constantFrom(...side.options),
    code: fc.constantFrom(...findingCodes),
    blocking: fc.boolean(),
  }),
  { maxLength: 20 },
);
const place = fc.integer({ min: 0, max: 100 / outlineStep.place }).map((steps) => steps * outlineStep.place);

/** Names as a settings file may hold them: long, wide, or with characters that no terminal can be trusted with. */
const name = (maxLength: number) =>
  fc.oneof(
    fc.string({ maxLength }),
    fc.string({ maxLength, unit: 'binary' }).filter((text) => text.length <= maxLength),
    fc
      .constantFrom('富', '富士河口湖町', 'カ゚', 'Ö', 'x y ')
      .map((text) => text.repeat(maxLength).slice(0, maxLength)),
  );

const code = fc.constantFrom(...faultCodes, ...remarkCodes);
const checks = fc.uniqueArray(fc.constantFrom(...checkName.options)).chain((names) =>
  fc.tuple(
    ...names.map((check) =>
      fc.record(
        {
          check: fc.constant(check),
          verdict: fc.constantFrom(...verdict.options),
          code,
          numbers: fc.constant({}),
        },
        { requiredKeys: ['check', 'verdict', 'numbers'] },
      ),
    ),
  ),
);

/** Any minute that there is, in this machine's zone. */
const anyTime: fc.Arbitrary<Minute> = fc
  .date({ min: new Date(2000, 0, 1), max: new Date(2099, 11, 31), noInvalidDate: true })
  .map(minuteOf);

const version = fc.constantFrom('0.2.0', '999999999.999999999.999999999-999999999');
const updateFaults = fc.constantFrom(...updateFault.options);
const updateNews: fc.Arbitrary<UpdateNews> = fc.oneof(
  fc.record({ is: fc.constant('found' as const), version }),
  fc.record({ is: fc.constant('refused' as const), why: updateFaults }),
  fc.record({
    is: fc.constant('returned' as const),
    version,
    why: fc.constantFrom(...returnedBecause.options),
  }),
);

const numbers = fc.constant('0123456789ab');
const vendorStick: fc.Arbitrary<VendorStickNews> = fc.oneof(
  fc.constant({ is: 'found' as const }),
  fc.record(
    {
      is: fc.constant('refused' as const),
      why: fc.constantFrom(...vendorFault.options),
      box: numbers,
      image: numbers,
    },
    { requiredKeys: ['is', 'why'] },
  ),
);
const steps = fc
  .subarray([...stepName.options])
  .chain((names) =>
    fc.tuple(
      ...names.map((step) =>
        fc.record({ step: fc.constant(step), verdict: fc.constantFrom(...stepVerdict.options) }),
      ),
    ),
  );
const copies: fc.Arbitrary<string[]> = fc.constant([...reports]);

type AnyScene<Name extends Scene['name']> = fc.Arbitrary<Omit<Extract<Scene, { name: Name }>, 'name'>>;

const poor = fc.record({ findings, spent: fc.constant(true as const) }, { requiredKeys: ['findings'] });
const attempt = fc.integer({ min: 2, max: 5 });
const versionOnly = fc.record({ version });
const timeOnly = fc.record({ time: anyTime });
const nothing = fc.constant({});

/** Every scene; one that is missing here does not compile. */
const scenes: { readonly [Name in Scene['name']]: AnyScene<Name> } = {
  starting: nothing,
  idle: fc.record({ update: updateNews, vendor: vendorStick }, { requiredKeys: [] }),
  unavailable: fc.record({ fault, vendor: vendorStick }, { requiredKeys: ['fault'] }),
  reason: fc.record({ policy: fc.constantFrom(...policy.options) }),
  notice: nothing,
  'place-document': nothing,
  scanning: fc.record({ fraction, attempt }, { requiredKeys: ['fraction'] }),
  'document-poor': poor,
  'before-photograph': nothing,
  photographing: fc.record(
    {
      fraction,
      instruction: fc.constantFrom(...instruction.options),
      outline: fc.record({
        x: place,
        y: place,
        width: place,
        height: place,
        roll: fc.integer({ min: -12, max: 12 }).map((steps) => steps * outlineStep.roll),
      }),
      attempt,
    },
    { requiredKeys: ['fraction', 'instruction'] },
  ),
  'photograph-poor': poor,
  comparing: nothing,
  result: fc.record(
    {
      above: fc.boolean(),
      comparison: fc.record(
        {
          similarity: fraction,
          falseMatchRate: fraction,
          among: fc.constantFrom('sameGender', 'alike'),
          fewOfGroup: fc.constant(true),
        },
        { requiredKeys: ['similarity', 'falseMatchRate'] },
      ),
      tries: fc.record({
        photographs: fc.integer({ min: 1, max: 5 }),
        scans: fc.integer({ min: 1, max: 5 }),
        comparisons: fc.integer({ min: 1, max: 9 }),
        lowest: fraction,
      }),
      threshold: fraction,
      model: fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,60}$/),
      liveness: fc.constantFrom(...liveness.options),
      findings,
    },
    { requiredKeys: ['above', 'comparison', 'threshold', 'model', 'findings'] },
  ),
  'not-comparable': poor,
  explain: fc.record({ about: fc.constantFrom('refused', 'not-verified') }),
  erasing: nothing,
  'self-test': fc.record(
    {
      checks,
      now: fc.constantFrom(...checkName.options),
      waiting: fc.constantFrom(...scannerWait.options),
    },
    { requiredKeys: ['checks'] },
  ),
  'self-tested': fc.record({ checks }),
  'set-clock': fc.record({ time: anyTime, stop: fc.nat(5), open: fc.boolean() }),
  'applying-clock': timeOnly,
  'clock-set': fc.record({ time: anyTime, battery: fc.constantFrom(...batterySet.options) }),
  'clock-not-set': fc.record({ time: anyTime, why: fc.constantFrom(...notSet.options) }),
  'update-found': versionOnly,
  updating: fc.record({ version, fraction, writing: fc.boolean() }),
  restarting: versionOnly,
  'update-failed': fc.record({ why: updateFaults }),
  changes: fc.record({
    changes: fc.array(
      fc.record(
        {
          what: fc.constantFrom('forgotten', 'threshold', 'camera', 'keys.signing', 'lights.active-low'),
          before: name(30),
          after: name(30),
          weaker: fc.constant(true as const),
        },
        { requiredKeys: ['what'] },
      ),
      { maxLength: 6 },
    ),
    more: fc.nat(60),
  }),
  'copy-asked': fc.record({ readers: fc.constantFrom(...readers.options) }),
  copying: fc.record({ fraction }),
  copied: fc.record({
    copy: fc.constantFrom(recordsCopy, `terashi-records-${'9'.repeat(58)}.jsonl`),
    count: fc.nat(),
    whole: fc.boolean(),
  }),
  'copy-failed': fc.record({ why: fc.constantFrom(...exportFault.options) }),
  'vendor-entering': nothing,
  'vendor-menu': fc.record(
    { box: numbers, image: numbers, until: fc.constant('2026-12-31'), dated: fc.boolean() },
    { requiredKeys: ['until', 'dated'] },
  ),
  'vendor-saving': nothing,
  'vendor-refused': fc.record(
    { why: fc.constantFrom(...vendorFault.options), box: numbers, image: numbers },
    { requiredKeys: ['why'] },
  ),
  'bench-test': fc.record(
    {
      steps,
      step: fc.constantFrom(...stepName.options),
      check: fc.constantFrom(...checkName.options),
      waiting: fc.constantFrom(...scannerWait.options),
      minutesLeft: fc.nat(1440),
      ask: fc.constantFrom(...question.options),
      press: fc.constantFrom(...button.options),
    },
    { requiredKeys: ['steps'] },
  ),
  'vendor-reported': fc.oneof(
    fc.record({ bench: fc.record({ outcome: fc.constantFrom(...benchOutcome.options), steps }), copies }),
    fc.record({ checks, copies }),
    fc.record({
      checks,
      copies: fc.constant<string[]>([]),
      why: fc.constantFrom(...exportFault.options, ...vendorFault.options),
    }),
  ),
  erased: fc.record(
    {
      pictures: fc.boolean(),
      at: fc.constant('23:59:59'),
      record: name(20),
      because: fc.constantFrom(...because.options),
      fault,
    },
    { requiredKeys: ['pictures', 'at', 'record', 'because'] },
  ),
};

export const sceneNames = Object.keys(scenes) as Scene['name'][];

const anyScene = fc
  .constantFrom(...sceneNames)
  .chain((name) => (scenes[name] as fc.Arbitrary<object>).map((rest) => ({ name, ...rest }) as Scene));

const count = fc.oneof(fc.constant(0), fc.nat(), fc.constant(Number.MAX_SAFE_INTEGER));

/** Any view that the schema lets through. */
export const anyView: fc.Arbitrary<View> = fc.record(
  {
    language: fc.constantFrom(...language.options),
    status: fc.constantFrom(...status.options),
    municipality: name(40),
    counter: name(40),
    practice: fc.boolean(),
    underTest: fc.constant(true as const),
    way: fc.constantFrom(...way.options),
    camera: fc.constantFrom(...deviceState.options),
    scanner: fc.constantFrom(...deviceState.options),
    cameraLight: fc.boolean(),
    scene: anyScene,
    support: name(30),
    ifDeclined: name(80),
    choices: fc.array(fc.constantFrom(...choice.options), { maxLength: 4 }),
    focus: fc.integer({ min: 0, max: 3 }),
    keys: fc.subarray([...key.options]),
    secondsLeft: count,
    settingsProblems: count,
    settingsLine: fc.option(fc.integer({ min: 1, max: 40_000 }), { nil: undefined }),
    tornRecords: count,
    interrupted: fc.constant('2026-0417'),
    warnings: fc.array(code, { maxLength: checkName.options.length }),
  },
  {
    requiredKeys: [
      'language',
      'status',
      'municipality',
      'counter',
      'practice',
      'way',
      'camera',
      'scanner',
      'cameraLight',
      'scene',
      'choices',
      'keys',
      'settingsProblems',
      'tornRecords',
      'warnings',
    ],
  },
);
