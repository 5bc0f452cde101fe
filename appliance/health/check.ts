import * as z from 'zod';

import { type FaultCode, faultCodes } from '../findings.js';

/** What the self-test looks at, in the order in which it is shown. */
export const checkName = z.enum([
  'models',
  'records',
  'disk',
  'memory',
  'swap',
  'clock',
  'settings',
  'temperature',
  'throttling',
  'lights',
  'plugs',
  'camera',
  'camera-pixels',
  'room-light',
  'scanner',
  'scanner-glass',
]);
export type CheckName = z.infer<typeof checkName>;

/**
 * `failed` is a fault that no visit may begin with. A `warning` is shown and stops nothing, and so does a check that
 * is `not-made`, because there is nothing to look at or because something else stands in its way.
 */
export const verdict = z.enum(['ok', 'warning', 'failed', 'not-made']);
export type Verdict = z.infer<typeof verdict>;

/** What a check may say besides faults; the words for each, in both languages, are in panel/words. */
export const remarkCodes = [
  'model-unproven',
  'record-torn',
  'disk-low',
  'memory-low',
  'swap-elsewhere',
  'clock-untrusted',
  'settings-wrong',
  'settings-not-kept',
  'hot',
  'temperature-unknown',
  'throttled',
  'power-weak',
  'throttling-unknown',
  'lights-off',
  'lights-absent',
  'lights-silent',
  'plugs-untold',
  'camera-slow',
  'camera-practice',
  'camera-few-pixels',
  'camera-pixels-unknown',
  'room-dark',
  'room-bright',
  'scanner-practice',
  'glass-not-empty',
  'glass-dark',
  'not-looked',
  'visit-under-way',
] as const;
export type RemarkCode = (typeof remarkCodes)[number];

/** What a check counted or measured, each in the unit that its name says. */
export const measure = z.enum([
  'ppm',
  'records',
  'freeMegabytes',
  'availableMegabytes',
  'swapMegabytes',
  'problems',
  'line',
  'celsius',
  'flags',
  'framesPerSecond',
  'width',
  'height',
  'megapixels',
  'brightness',
  'oddest',
  'widthMillimetres',
  'heightMillimetres',
  'dpi',
]);
export type Numbers = Partial<Record<z.infer<typeof measure>, number>>;

/** What came of one check; `code` says why it is not `ok`. */
export const checked = z.strictObject({
  check: checkName,
  verdict,
  code: z.enum([...faultCodes, ...remarkCodes]).optional(),
  numbers: z.partialRecord(measure, z.number()),
});
export type Checked = z.infer<typeof checked>;

export function well(check: CheckName, numbers: Numbers = {}): Checked {
  return { check, verdict: 'ok', numbers };
}

export function warning(check: CheckName, code: RemarkCode | FaultCode, numbers: Numbers = {}): Checked {
  return { check, verdict: 'warning', code, numbers };
}

export function failed(check: CheckName, code: FaultCode, numbers: Numbers = {}): Checked {
  return { check, verdict: 'failed', code, numbers };
}

export function notMade(check: CheckName, code: RemarkCode): Checked {
  return { check, verdict: 'not-made', code, numbers: {} };
}

/** The first fault among checks, which no visit may begin with. */
export function faultIn(checks: readonly Checked[]): FaultCode | undefined {
  return checks.find(({ verdict }) => verdict === 'failed')?.code as FaultCode | undefined;
}
