import * as z from 'zod';

import { button } from './lights.js';

/** The steps of a bench test, in order. */
export const stepName = z.enum([
  'self-test',
  'lights',
  'buttons',
  'scanner-card',
  'camera-card',
  'camera-pixels',
  'visits',
]);
export type StepName = z.infer<typeof stepName>;

/** `not-made`: there was nothing to test, or nobody to ask. */
export const stepVerdict = z.enum(['passed', 'failed', 'not-made']);
export type StepVerdict = z.infer<typeof stepVerdict>;

/**
 * `incomplete`: nothing failed, but some step could not be made. `stopped`: the test was ended early. Only a box that
 * `passed` may ship.
 */
export const benchOutcome = z.enum(['passed', 'failed', 'incomplete', 'stopped']);
export type BenchOutcome = z.infer<typeof benchOutcome>;

/** What drives a light or the buzzer, in the order in which they are tested. */
export const output = z.enum(['led1', 'led2', 'led3', 'led4', 'camera', 'buzzer']);
export type Output = z.infer<typeof output>;

/** What the tester is asked, to be answered with yes or no. An output is on while it is asked about. */
export const question = z.enum(['empty-glass', 'lay-card', 'hold-card', ...output.options]);
export type Question = z.infer<typeof question>;
export type Answer = 'yes' | 'no';

/** What the tester is asked for: an answer to a question, or a press of a button. */
export const request = z.union([z.strictObject({ ask: question }), z.strictObject({ press: button })]);
export type TesterRequest = Readonly<z.infer<typeof request>>;
