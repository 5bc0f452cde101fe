import { faultIn } from '../health/check.js';
import { type Machine, selfTest } from '../health/self-test.js';
import type { Result } from '../result.js';
import { type HeatChecks, heatChecks, HeatWatch } from './heat.js';
import { judgeWork } from './judge-work.js';
import { failed, type StepResult } from './step.js';

/**
 * Makes self-tests with the box's own scanner and camera for so many minutes, and at least one. This is how a box works
 * without a break where no practice pictures are installed.
 *
 * @param report receives the temperature and the minutes that are left, after each check
 */
export async function repeatSelfTest(
  machine: Machine,
  minutes: number,
  signal: AbortSignal,
  report: (celsius: number | undefined, minutesLeft: number) => void,
  checks: HeatChecks = heatChecks,
): Promise<StepResult> {
  const begun = performance.now();
  const made = () => (performance.now() - begun) / 60_000;
  const watch = new HeatWatch(checks, (celsius) => report(celsius, Math.max(0, minutes - made())));
  let [rounds, allWell] = [0, true];
  let unproven: Extract<Result<unknown, 'erasure-unproven'>, { ok: false }> | undefined;
  do {
    const tested = await selfTest(machine, () => undefined, signal);
    if (!tested.ok) unproven = tested;
    rounds += 1;
    allWell &&= tested.ok && faultIn(tested.value) === undefined;
  } while (made() < minutes && allWell && !signal.aborted);
  const heat = await watch.end();
  if (unproven) return failed('visits', { code: unproven.error });
  const done = { ...heat, rounds, allWell, minutes: made(), requestedMinutes: minutes };
  return judgeWork(done, 'selfTests');
}
