import * as z from 'zod';

import { notSet } from '../clock/clock.js';
import { minute, parts } from '../clock/minute.js';
import { batterySet } from '../clock/set-protocol.js';
import { copyName, exportFault } from '../export/protocol.js';
import { faultCode, finding } from '../findings.js';
import { checked, checkName } from '../health/check.js';
import { because, liveness, policy, way } from '../record/entry.js';
import { choice } from '../protocol/choice.js';
import { key } from '../protocol/key.js';
import { language } from '../protocol/language.js';
import { returnedBecause, updateFault } from '../update/protocol.js';
import { version } from '../update/version.js';
import { comparison, instruction, outline } from '../protocol/vault.js';

/**
 * What a panel (screen or lights) is sent: everything it shows and nothing else. It holds codes and numbers;
 * the words are the panel's own, so that the language can change under any view.
 */

/** The few public states that lights and screen tell apart, whatever the visit is doing inside. */
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

/** What there is to say of updates between two visits. */
const updateNews = z.discriminatedUnion('is', [
  z.strictObject({ is: z.literal('found'), version }),
  z.strictObject({ is: z.literal('refused'), why: updateFault }),
  z.strictObject({ is: z.literal('returned'), version, why: returnedBecause }),
]);
export type UpdateNews = z.infer<typeof updateNews>;

/** Which of the storyboard's screens is shown, with what it says. */
export const scene = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('starting') }),
  z.strictObject({ name: z.literal('idle'), update: updateNews.optional() }),
  /** No visit can begin until this is mended; the appliance looks again by itself. */
  z.strictObject({ name: z.literal('unavailable'), fault: faultCode }),
  z.strictObject({ name: z.literal('reason'), policy }),
  z.strictObject({ name: z.literal('notice') }),
  z.strictObject({ name: z.literal('place-document') }),
  z.strictObject({ name: z.literal('scanning'), fraction: z.number().min(0).max(1) }),
  z.strictObject({ name: z.literal('document-poor'), findings: z.array(finding) }),
  z.strictObject({ name: z.literal('before-photograph') }),
  z.strictObject({
    name: z.literal('photographing'),
    fraction: z.number().min(0).max(1),
    instruction,
    outline: outline.optional(),
  }),
  z.strictObject({ name: z.literal('photograph-poor'), findings: z.array(finding) }),
  z.strictObject({ name: z.literal('comparing') }),
  z.strictObject({
    name: z.literal('result'),
    above: z.boolean(),
    comparison,
    threshold: z.number().min(0).max(1),
    model: z.string().max(100),
    /** Where a challenge was asked for: what came of it. */
    liveness: liveness.optional(),
    findings: z.array(finding),
  }),
  z.strictObject({ name: z.literal('not-comparable'), findings: z.array(finding) }),
  /** The words for the clerk to say after a visitor refused, or after `not-verified`. */
  z.strictObject({ name: z.literal('explain'), about: z.enum(['refused', 'not-verified']) }),
  z.strictObject({ name: z.literal('erasing') }),
  /** What was checked so far, and what is looked at now. */
  z.strictObject({ name: z.literal('self-test'), checks, now: checkName.optional() }),
  z.strictObject({ name: z.literal('self-tested'), checks }),
  z.strictObject({
    name: z.literal('set-clock'),
    time: minute,
    /** Where the clerk is: at a part of the time, in their order, or after them at the choices. */
    stop: z.number().int().min(0).max(parts.length),
    /** The arrows change that part now. */
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
    /** The other slot is written, and nothing stops it any more. */
    writing: z.boolean(),
  }),
  z.strictObject({ name: z.literal('restarting'), version }),
  z.strictObject({ name: z.literal('update-failed'), why: updateFault }),
  z.strictObject({ name: z.literal('copy-asked') }),
  z.strictObject({ name: z.literal('copying'), fraction: z.number().min(0).max(1) }),
  z.strictObject({
    name: z.literal('copied'),
    copy: copyName,
    /** Records, and whether nothing stands against their chain. */
    count: z.number().int().min(0),
    whole: z.boolean(),
  }),
  z.strictObject({ name: z.literal('copy-failed'), why: exportFault }),
  z.strictObject({
    name: z.literal('erased'),
    /** Whether a picture had been taken at all, or the visit ended before. */
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
  /** A bench device is in use: the screen says 練習 and the record is marked. */
  practice: z.boolean(),
  way,
  camera: deviceState,
  scanner: deviceState,
  /** Frames can flow from the camera, now or in a moment: its light has to be on. */
  cameraLight: z.boolean(),
  /** The settings' name of the device that is missing, where they name one: no other will do. */
  awaited: z.string().max(200).optional(),
  scene,
  choices: z.array(choice).max(4),
  /** Index into `choices` of the one that Enter takes. */
  focus: z.number().int().min(0).max(3),
  /** The keys that do something now; a panel names no other. */
  keys: z.array(key),
  /** Seconds until the view times out, once that is near. */
  secondsLeft: z.number().int().min(0).optional(),
  /** What is wrong in the settings: for each the last good value is used meanwhile, or the default. */
  settingsProblems: z.number().int().min(0),
  /** The line of the first of them, if it has one. */
  settingsLine: z.number().int().min(1).optional(),
  /** What the self-test warns of. */
  warnings: z.array(checked.shape.code.unwrap()).max(checkName.options.length).readonly(),
  /** Records that a power cut tore and that were set aside. */
  tornRecords: z.number().int().min(0),
});
export type View = z.infer<typeof view>;
