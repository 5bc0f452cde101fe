import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { Checked } from '../../appliance/health/check.js';
import { checkTemperature } from '../../appliance/health/temperature.js';
import { checkThrottling } from '../../appliance/health/throttling.js';
import { installation } from '../../appliance/installation.js';
import { failed, notMade, passed, type StepResult } from './step.js';

/** In milliseconds: how often it is looked whether the box gets hot or slow. */
const lookEvery = 5000;
/** Bits of the firmware's flags that tell of now; those that tell of before stand 16 higher. */
const now = 0xf;

/** Practice visits one after another for a while: the whole of a visit, with pictures in the devices' place. */
export async function makeVisits(
  pictures: string,
  minutes: number,
  signal: AbortSignal,
  tell: (visits: number, celsius: number | undefined) => void,
  look = { temperature: () => checkTemperature(), throttling: () => checkThrottling(), every: lookEvery },
): Promise<StepResult> {
  const [document, camera] = ['card.png', 'camera'].map((name) => join(pictures, name));
  if (!existsSync(document) || !existsSync(camera)) return notMade('visits', { code: 'no-pictures' });
  const state = mkdtempSync(join(tmpdir(), 'terashi-bench-'));
  const outcomes: string[] = [];
  const temperatures: Checked[] = [];
  const before = await look.throttling();
  const begun = performance.now();
  let flags = 0;
  const core = spawn(
    process.execPath,
    [
      join(installation.root, 'build', 'appliance', 'main.js'),
      ...['run', '--once', '--repeat', '1000000', '--json', '--state', state],
      ...['--document', document, '--camera', camera],
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const ended = once(core, 'exit');
  const stop = () => core.kill('SIGTERM');
  const clock = setTimeout(stop, minutes * 60_000);
  signal.addEventListener('abort', stop, { once: true });
  const watch = setInterval(() => {
    void Promise.all([look.temperature(), look.throttling()]).then(([temperature, throttling]) => {
      temperatures.push(temperature);
      flags |= flagsIn(throttling) & now;
      tell(outcomes.length, temperature.numbers.celsius);
    });
  }, look.every);
  for await (const line of createInterface(core.stdout))
    outcomes.push((JSON.parse(line) as { outcome: string }).outcome);
  await ended;
  const lasted = (performance.now() - begun) / 60_000;
  clearTimeout(clock);
  clearInterval(watch);
  signal.removeEventListener('abort', stop);
  rmSync(state, { recursive: true });
  const since = flagsIn(await look.throttling()) & ~flagsIn(before);
  const known = before.numbers.flags === undefined ? {} : { flags: flags | since };
  return judgeVisits({ outcomes, temperatures, lasted, asked: minutes, ...known });
}

function flagsIn({ numbers }: Checked): number {
  return numbers.flags ?? 0;
}

export type Course = {
  readonly outcomes: readonly string[];
  readonly temperatures: readonly Checked[];
  /** What the firmware told while the visits were made, where it tells. */
  readonly flags?: number;
  readonly lasted: number;
  readonly asked: number;
};

/** What came of the visits; the last of them was stopped when the time was up. */
export function judgeVisits({ outcomes, temperatures, flags, lasted, asked }: Course): StepResult {
  const hottest = Math.max(...temperatures.map(({ numbers }) => numbers.celsius ?? -Infinity));
  const numbers = {
    visits: outcomes.length,
    minutes: Math.round(lasted * 10) / 10,
    ...(Number.isFinite(hottest) ? { celsius: hottest } : {}),
    ...(flags === undefined ? {} : { flags }),
  };
  const whole = outcomes.slice(0, -1).every((outcome) => outcome === 'verified');
  if (!whole || outcomes.length < 2 || lasted < asked)
    return failed('visits', { code: 'visits-broken-off' }, numbers);
  if (flags) return failed('visits', { code: 'throttled' }, numbers);
  const hot = temperatures.some(({ code }) => code === 'hot');
  return hot ? failed('visits', { code: 'hot' }, numbers) : passed('visits', numbers);
}
