import { type BenchOutcome, stepName } from '../protocol/bench-test.js';
import type { StepResult } from './step.js';

/** The outcome of a bench test that made these steps. */
export function outcomeOf({ steps }: { readonly steps: readonly StepResult[] }): BenchOutcome {
  if (steps.some(({ verdict }) => verdict === 'failed')) return 'failed';
  if (steps.length < stepName.options.length) return 'stopped';
  return steps.every(({ verdict }) => verdict === 'passed') ? 'passed' : 'incomplete';
}
