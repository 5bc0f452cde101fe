import * as z from 'zod';

import { type FaultCode, faultCodes } from '../findings.js';

/** The checks of the self-test, in display order. */
export const checkName = z.enum([
  'models',
  'records',
  'disk',
  'memory',
  'swap',
  'clock',
  'settings',
  'calibration',
  'temperature',
  'throttling',
  'lights',
  'plugs',
  'camera',
  'camera-pixels',
  'room-light',
  'scanner',
  'scanner-firmware',
  'scanner-glass',
]);
export type CheckName = z.infer<typeof checkName>;

/**
 * `failed` is a fault that blocks visits. A `warning` is shown and blocks nothing; nor does `not-made`, for a check that
 * does not apply here or that another fault prevents.
 */
export const verdict = z.enum(['ok', 'warning', 'failed', 'not-made']);
export type Verdict = z.infer<typeof verdict>;

/** Reasons of a check besides faults; their texts are in panel/words. */
export const remarkCodes = [
  'debug-image',
  'record-torn',
  'record-uncounted',
  'disk-low',
  'memory-low',
  'swap-elsewhere',
  'clock-untrusted',
  'settings-wrong',
  'settings-not-kept',
  'name-undrawable',
  'not-calibrated',
  'hot',
  'temperature-unknown',
  'throttled',
  'power-weak',
  'throttling-unknown',
  'lights-off',
  'lights-absent',
  'lights-silent',
  'button-stuck',
  'plugs-untold',
  'camera-slow',
  'camera-practice',
  'camera-few-pixels',
  'camera-pixels-unknown',
  'room-dark',
  'room-bright',
  'scanner-practice',
  'scanner-firmware-unknown',
  'glass-not-empty',
  'glass-dark',
  'not-looked',
  'visit-under-way',
] as const;
export type RemarkCode = (typeof remarkCodes)[number];

/** Measurements of a check. The unit is part of the name where there is one. */
const measure = z.enum([
  'ppm',
  'records',
  'freeMegabytes',
  'availableMegabytes',
  'swapMegabytes',
  'minutesAheadOfUtc',
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

/** The result of one check; `code` says why it is not `ok`. */
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

/** The first fault that blocks visits. */
export function faultIn(checks: readonly Checked[]): FaultCode | undefined {
  return checks.find(({ verdict }) => verdict === 'failed')?.code as FaultCode | undefined;
}
