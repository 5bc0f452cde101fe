import type { Checked } from '../health/check.js';
import { failed, notMade, passed, type StepResult } from './step.js';

/** The self-test's own result: a warning does not keep a box from being shipped, but is read. */
export function judgeSelfTest(checks: readonly Checked[]): StepResult {
  const count = (verdict: Checked['verdict']) => checks.filter((each) => each.verdict === verdict).length;
  const numbers = { checks: checks.length, warnings: count('warning'), failures: count('failed') };
  const first = checks.find(({ verdict }) => verdict === 'failed');
  if (first?.code) return failed('self-test', { code: first.code, about: first.check }, numbers);
  return passed('self-test', numbers);
}

/** Here too few pixels are a failure, and unknown ones are looked up in the camera's manual. */
export function judgePixels(checks: readonly Checked[]): StepResult {
  const pixels = checks.find(({ check }) => check === 'camera-pixels');
  if (pixels?.verdict === 'ok') return passed('camera-pixels', pixels.numbers);
  const code = pixels?.code ?? 'not-looked';
  return pixels?.verdict === 'warning'
    ? failed('camera-pixels', { code }, pixels.numbers)
    : notMade('camera-pixels', { code });
}
