import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Checked } from '../health/check.js';
import { checkTemperature } from '../health/temperature.js';
import { checkThrottling } from '../health/throttling.js';
import { installation } from '../installation.js';
import type { CustomModel } from '../protocol/vault.js';
import { failed, notMade, passed, type StepResult } from './step.js';

const program = join(installation.root, 'build', 'appliance', 'main.js');

/** How often temperature and throttling are checked. */
const checkEveryMs = 5000;
/** The firmware's flags for the present. The same 16 bits higher cover the time since boot. */
const currentFlags = 0xf;

export type VisitOptions = {
  /** The folder of the practice pictures: `card.png` and `camera/`. */
  readonly pictures: string;
  readonly minutes: number;
  readonly own: CustomModel;
};

/**
 * Makes whole visits with practice pictures for so many minutes, and at least one.
 *
 * @param report receives the visits so far and the temperature, after each check
 */
export async function makeVisits(
  { pictures, minutes, own }: VisitOptions,
  signal: AbortSignal,
  report: (visits: number, celsius: number | undefined) => void,
  checks = {
    temperature: () => checkTemperature(),
    throttling: () => checkThrottling(),
    everyMs: checkEveryMs,
  },
): Promise<StepResult> {
  const [document, camera] = ['card.png', 'camera'].map((name) => join(pictures, name));
  if (!existsSync(document) || !existsSync(camera)) return notMade('visits', { code: 'no-pictures' });
  const state = mkdtempSync(join(tmpdir(), 'terashi-bench-'));
  const outcomes: string[] = [];
  const temperatures: Checked[] = [];
  const before = await checks.throttling();
  const begun = performance.now();
  let flags = 0;
  const core = startCore(state, own, ['--document', document, '--camera', camera]);
  const ended = once(core, 'exit');
  const stop = () => core.kill('SIGTERM');
  let due = false;
  const stopWhenDue = () => due && outcomes.length > 0 && stop();
  const clock = setTimeout(() => {
    due = true;
    stopWhenDue();
  }, minutes * 60_000);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  const watch = setInterval(() => {
    void Promise.all([checks.temperature(), checks.throttling()]).then(([temperature, throttling]) => {
      temperatures.push(temperature);
      flags |= flagsIn(throttling) & currentFlags;
      report(outcomes.length, temperature.numbers.celsius);
    });
  }, checks.everyMs);
  for await (const line of createInterface(core.stdout)) {
    outcomes.push((JSON.parse(line) as { outcome: string }).outcome);
    stopWhenDue();
  }
  await ended;
  const minutesMade = (performance.now() - begun) / 60_000;
  clearTimeout(clock);
  clearInterval(watch);
  signal.removeEventListener('abort', stop);
  rmSync(state, { recursive: true });
  const since = flagsIn(await checks.throttling()) & ~flagsIn(before);
  const known = before.numbers.flags === undefined ? {} : { flags: flags | since };
  return judgeVisits({ outcomes, temperatures, minutes: minutesMade, requestedMinutes: minutes, ...known });
}

/**
 * Starts an appliance that makes visits until it is stopped. It uses only the model of the box's settings: with others,
 * such as a liveness challenge or required lights, visits with pictures could not succeed.
 */
function startCore(state: string, model: CustomModel, pictures: readonly string[]) {
  const settings = join(state, 'bench.toml');
  const named = Object.entries(model).flatMap(([key, value]) =>
    // A JSON string is a TOML string too.
    value === undefined ? [] : [`${key} = ${JSON.stringify(value)}`],
  );
  writeFileSync(settings, ['[model]', ...named, '[panel]', 'lights = "off"', '# end', ''].join('\n'));
  const run = ['run', '--once', '--repeat', '1000000', '--json', '--state', state, '--settings', settings];
  // On a box these name the folders of its own appliance, whose socket the bench test keeps locked.
  const { RUNTIME_DIRECTORY: _, STATE_DIRECTORY: __, ...env } = process.env;
  return spawn(process.execPath, [program, ...run, ...pictures], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
}

function flagsIn({ numbers }: Checked): number {
  return numbers.flags ?? 0;
}

/** A run of practice visits. */
export type VisitRun = {
  readonly outcomes: readonly string[];
  readonly temperatures: readonly Checked[];
  /** The firmware's throttling flags during the run; absent where there are none. */
  readonly flags?: number;
  readonly minutes: number;
  readonly requestedMinutes: number;
};

/** Judges a run. Its last visit was cancelled when the time was up. */
export function judgeVisits({
  outcomes,
  temperatures,
  flags,
  minutes,
  requestedMinutes,
}: VisitRun): StepResult {
  const hottest = Math.max(...temperatures.map(({ numbers }) => numbers.celsius ?? -Infinity));
  const numbers = {
    visits: outcomes.length,
    minutes: Math.round(minutes * 10) / 10,
    ...(Number.isFinite(hottest) ? { celsius: hottest } : {}),
    ...(flags === undefined ? {} : { flags }),
  };
  const whole = outcomes.at(-1) === 'cancelled' ? outcomes.slice(0, -1) : outcomes;
  if (whole.length === 0 || whole.some((outcome) => outcome !== 'verified') || minutes < requestedMinutes)
    return failed('visits', { code: 'visits-broken-off' }, numbers);
  if (flags) return failed('visits', { code: 'throttled' }, numbers);
  if (temperatures.some(({ code }) => code === 'hot')) return failed('visits', { code: 'hot' }, numbers);
  const heatKnown = flags !== undefined || Number.isFinite(hottest);
  return heatKnown ? passed('visits', numbers) : notMade('visits', { code: 'heat-unknown' }, numbers);
}
