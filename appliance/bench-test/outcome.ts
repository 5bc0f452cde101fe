import { stepNames, type StepResult } from './step.js';

/**
 * `incomplete`: nothing failed, but some step could not be made. `stopped`: the test was ended early. Only a box that
 * `passed` may ship.
 */
export type Outcome = 'passed' | 'failed' | 'incomplete' | 'stopped';

export function outcomeOf({ steps }: { readonly steps: readonly StepResult[] }): Outcome {
  if (steps.some(({ verdict }) => verdict === 'failed')) return 'failed';
  if (steps.length < stepNames.length) return 'stopped';
  return steps.every(({ verdict }) => verdict === 'passed') ? 'passed' : 'incomplete';
}
