import type { Checked } from '../health/check.js';
import { failed, notMade, passed, type StepResult } from './step.js';

/** The result of the self-test. Warnings do not fail the step; they are listed in the report. */
export function judgeSelfTest(checks: readonly Checked[]): StepResult {
  const count = (verdict: Checked['verdict']) => checks.filter((each) => each.verdict === verdict).length;
  const numbers = { checks: checks.length, warnings: count('warning'), failures: count('failed') };
  const first = checks.find(({ verdict }) => verdict === 'failed');
  if (first?.code) return failed('self-test', { code: first.code, about: first.check }, numbers);
  return passed('self-test', numbers);
}

/** Too few pixels, only a warning to the appliance, fail the bench test. Unknown ones have to be looked up in the camera's manual. */
export function judgePixels(checks: readonly Checked[]): StepResult {
  const pixels = checks.find(({ check }) => check === 'camera-pixels');
  if (pixels?.verdict === 'ok') return passed('camera-pixels', pixels.numbers);
  const code = pixels?.code ?? 'not-looked';
  return pixels?.verdict === 'warning'
    ? failed('camera-pixels', { code }, pixels.numbers)
    : notMade('camera-pixels', { code });
}
