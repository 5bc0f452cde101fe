import * as z from 'zod';

import { notSet } from '../clock/clock.js';
import { minute, parts } from '../clock/minute.js';
import { batterySet } from '../clock/set-protocol.js';
import { copyName, exportFault, readers } from '../export/protocol.js';
import { faultCode, finding } from '../findings.js';
import { checked, checkName } from '../health/check.js';
import { change } from '../record/change.js';
import { because, liveness, policy, way } from '../record/entry.js';
import { benchOutcome, question, stepName, stepVerdict } from '../protocol/bench-test.js';
import { button } from '../protocol/lights.js';
import { shortNumber, vendorFault } from '../protocol/vendor.js';
import { choice, type Choice } from '../protocol/choice.js';
import { key } from '../protocol/key.js';
import { language } from '../protocol/language.js';
import { returnedBecause, updateFault } from '../update/protocol.js';
import { version } from '../update/version.js';
import { comparison, instruction, modelId, outline, scannerWait } from '../protocol/vault.js';

/**
 * The message from the core to a panel (screen or lights): everything it shows and nothing else. It has codes and
 * numbers only; the panel has the texts, so that the language can change in any scene.
 */

/** Coarse state of the appliance, whatever the scene. */
export const status = z.enum([
  'unavailable',
  'ready',
  'question',
  'scanning',
  'photographing',
  'comparing',
  'result',
  'erasing',
]);
export type Status = z.infer<typeof status>;

const checks = z.array(checked).max(checkName.options.length);

/** News of updates, shown between visits. */
const updateNews = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('found'), version }),
  z.strictObject({ is: z.literal('refused'), why: updateFault }),
  z.strictObject({ is: z.literal('returned'), version, why: returnedBecause }),
]);
export type UpdateNews = z.infer<typeof updateNews>;

/** What a token must name to open this box. */
const numbers = { box: shortNumber.optional(), image: shortNumber.optional() };

/** A vendor's token on a stick, shown between visits. */
const vendorStick = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('found') }),
  z.strictObject({ is: z.literal('refused'), why: vendorFault, ...numbers }),
]);
export type VendorStickNews = z.infer<typeof vendorStick>;

const stepsDone = z
  .array(z.strictObject({ step: stepName, verdict: stepVerdict }))
  .max(stepName.options.length);

/** The most photographs or scans that the settings allow. */
const most = 5;
/** Which photograph or scan of the visit it is; absent for the first. */
const attempt = z.number().int().min(2).max(most).optional();
/** Set where the visit may take no other picture of that side. */
const spent = z.literal(true).optional();

/** What a visit has tried; absent where it took one picture of each side and compared them once. */
const tries = z.strictObject({
  photographs: z.number().int().min(1).max(most),
  scans: z.number().int().min(1).max(most),
  /** Each takes at least one new picture. */
  comparisons: z
    .number()
    .int()
    .min(1)
    .max(2 * most - 1),
  /** The lowest of their similarity scores. */
  lowest: z.number().min(0).max(1),
});

/** As many changes as a small screen has rows for. */
export const mostChanges = 6;

/** What is shown. */
const scene = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('starting') }),
  z.strictObject({ name: z.literal('idle'), update: updateNews.optional(), vendor: vendorStick.optional() }),
  /** No visit can begin until this is fixed; the appliance checks again by itself. */
  z.strictObject({ name: z.literal('unavailable'), fault: faultCode, vendor: vendorStick.optional() }),
  z.strictObject({ name: z.literal('reason'), policy }),
  z.strictObject({ name: z.literal('notice') }),
  z.strictObject({ name: z.literal('place-document') }),
  z.strictObject({
    name: z.literal('scanning'),
    fraction: z.number().min(0).max(1),
    /** The scanner is not ready, and is waited for. */
    waiting: scannerWait.optional(),
    attempt,
  }),
  z.strictObject({ name: z.literal('document-poor'), findings: z.array(finding), spent }),
  z.strictObject({ name: z.literal('before-photograph') }),
  z.strictObject({
    name: z.literal('photographing'),
    fraction: z.number().min(0).max(1),
    instruction,
    outline: outline.optional(),
    attempt,
  }),
  z.strictObject({ name: z.literal('photograph-poor'), findings: z.array(finding), spent }),
  z.strictObject({ name: z.literal('comparing') }),
  z.strictObject({
    name: z.literal('result'),
    above: z.boolean(),
    /** The last one, with the false match rate of all. */
    comparison,
    tries: tries.optional(),
    threshold: z.number().min(0).max(1),
    model: modelId,
    /** Result of the challenge, if the settings require one. */
    liveness: liveness.optional(),
    findings: z.array(finding),
  }),
  z.strictObject({ name: z.literal('not-comparable'), findings: z.array(finding), spent }),
  /** What the clerk says after a refusal, or after `not-verified`. */
  z.strictObject({ name: z.literal('explain'), about: z.enum(['refused', 'not-verified']) }),
  z.strictObject({ name: z.literal('erasing') }),
  /** The results so far, the check that runs now, and what it waits for. */
  z.strictObject({
    name: z.literal('self-test'),
    checks,
    now: checkName.optional(),
    waiting: scannerWait.optional(),
  }),
  z.strictObject({ name: z.literal('self-tested'), checks }),
  z.strictObject({
    name: z.literal('set-clock'),
    time: minute,
    /** Where the focus is: an index into the parts of the time, or their number for the choices after them. */
    stop: z.number().int().min(0).max(parts.length),
    /** Whether the arrows change that part now. */
    open: z.boolean(),
  }),
  z.strictObject({ name: z.literal('applying-clock'), time: minute }),
  z.strictObject({ name: z.literal('clock-set'), time: minute, battery: batterySet }),
  z.strictObject({ name: z.literal('clock-not-set'), time: minute, why: notSet }),
  z.strictObject({ name: z.literal('update-found'), version }),
  z.strictObject({
    name: z.literal('updating'),
    version,
    fraction: z.number().min(0).max(1),
    /** The other slot is being written, which cannot be cancelled. */
    writing: z.boolean(),
  }),
  z.strictObject({ name: z.literal('restarting'), version }),
  z.strictObject({ name: z.literal('update-failed'), why: updateFault }),
  z.strictObject({ name: z.literal('copy-asked'), readers }),
  z.strictObject({ name: z.literal('copying'), fraction: z.number().min(0).max(1) }),
  z.strictObject({
    name: z.literal('copied'),
    copy: copyName,
    /** Number of records, and whether their chain is intact. */
    count: z.number().int().min(0),
    whole: z.boolean(),
  }),
  z.strictObject({ name: z.literal('copy-failed'), why: exportFault }),
  /** What the clerk has to see before the next visit, the weaker first, and how many more there are. */
  z.strictObject({
    name: z.literal('changes'),
    changes: z.array(change).max(mostChanges),
    more: z.number().int().min(0),
  }),
  z.strictObject({ name: z.literal('vendor-entering') }),
  z.strictObject({ name: z.literal('vendor-saving') }),
  z.strictObject({ name: z.literal('vendor-refused'), why: vendorFault, ...numbers }),
  z.strictObject({
    name: z.literal('vendor-menu'),
    ...numbers,
    until: z.iso.date(),
    /** Whether that day could be checked. */
    dated: z.boolean(),
  }),
  /** What the bench test does, or what it asks for; without either it is between two steps. */
  z.strictObject({
    name: z.literal('bench-test'),
    steps: stepsDone,
    step: stepName.optional(),
    check: checkName.optional(),
    waiting: scannerWait.optional(),
    minutesLeft: z.number().int().min(0).max(1440).optional(),
    ask: question.optional(),
    press: button.optional(),
  }),
  z.strictObject({
    name: z.literal('vendor-reported'),
    bench: z.strictObject({ outcome: benchOutcome, steps: stepsDone }).optional(),
    /** Of a self-test, if that is what was reported. */
    checks: checks.optional(),
    /** The names on the stick, or why they are not there. */
    copies: z.array(copyName).max(2),
    why: z.union([exportFault, vendorFault]).optional(),
  }),
  z.strictObject({
    name: z.literal('erased'),
    /** Whether any picture had been taken. */
    pictures: z.boolean(),
    /** Local time of day, `14:32:07`. */
    at: z.string().regex(/^\d\d:\d\d:\d\d$/),
    /** `2026-0417`. */
    record: z.string().max(20),
    because,
    fault: faultCode.optional(),
  }),
]);
export type Scene = z.infer<typeof scene>;

export const deviceState = z.enum(['ready', 'missing', 'looking']);

export const view = z.strictObject({
  language,
  status,
  municipality: z.string().max(40),
  counter: z.string().max(40),
  /** A practice device is in use: the screen shows 練習 and the record is marked. */
  practice: z.boolean(),
  /** A vendor is at work: no visitor can be served. */
  underTest: z.literal(true).optional(),
  way,
  camera: deviceState,
  scanner: deviceState,
  /** Frames can flow from the camera, now or soon: its light must be on. */
  cameraLight: z.boolean(),
  /** Name of the missing device if the settings require a certain one. */
  awaited: z.string().max(200).optional(),
  scene,
  choices: z.array(choice).max(4),
  /** Index into `choices`: the one that Enter takes, if it takes one. */
  focus: z.number().int().min(0).max(3).optional(),
  /** The keys that work now; a panel shows no others. */
  keys: z.array(key),
  /** Seconds until the timeout, once that is near. */
  secondsLeft: z.number().int().min(0).optional(),
  /** How to reach the technician, if the settings say. */
  support: z.string().max(30).optional(),
  /** What follows if the visitor declines, in the municipality's words, if the settings have them. */
  ifDeclined: z.string().max(80).optional(),
  /** Number of problems in the settings; the last good value or the default replaces each. */
  settingsProblems: z.number().int().min(0),
  /** Line of the first problem, if it has one. */
  settingsLine: z.number().int().min(1).optional(),
  /** Warnings of the self-test, and of an image that is not for a counter. */
  warnings: z
    .array(checked.shape.code.unwrap())
    .max(checkName.options.length + 1)
    .readonly(),
  /** Number of records that a power cut truncated and that were set aside. */
  tornRecords: z.number().int().min(0),
  /** Number of the last visit's record, if the appliance stopped within that visit. */
  interrupted: z
    .string()
    .regex(/^\d{4}-\d{4,9}$/)
    .optional(),
});
export type View = z.infer<typeof view>;

/** The choice that Enter takes. */
export function focused({ choices, focus }: Pick<View, 'choices' | 'focus'>): Choice | undefined {
  return focus === undefined ? undefined : choices[focus];
}
