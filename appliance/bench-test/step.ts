import type { RemarkCode } from '../health/check.js';
import type { FaultCode } from '../findings.js';
import type { StepName, StepVerdict } from '../protocol/bench-test.js';

/** Why a step may not pass, besides the faults and remarks of the self-test. */
export const benchCodes = [
  'nobody-asked',
  'no-answer',
  'no-lights',
  'light-not-seen',
  'button-not-felt',
  'card-not-found',
  'card-colours',
  'card-scale',
  'card-soft',
  'no-pictures',
  'visits-broken-off',
  'heat-unknown',
] as const;
export type BenchCode = (typeof benchCodes)[number];

/** The result of a step. `code` is why it did not pass, `about` the part concerned. */
export type StepResult = {
  readonly step: StepName;
  readonly verdict: StepVerdict;
  readonly code?: BenchCode | RemarkCode | FaultCode;
  readonly about?: string;
  readonly numbers: Readonly<Record<string, number>>;
};

type Why = Pick<Required<StepResult>, 'code'> & Pick<StepResult, 'about'>;
type Numbers = StepResult['numbers'];

export function passed(step: StepName, numbers: Numbers = {}): StepResult {
  return { step, verdict: 'passed', numbers };
}

export function failed(step: StepName, why: Why, numbers: Numbers = {}): StepResult {
  return { step, verdict: 'failed', ...why, numbers };
}

export function notMade(step: StepName, why: Why, numbers: Numbers = {}): StepResult {
  return { step, verdict: 'not-made', ...why, numbers };
}
