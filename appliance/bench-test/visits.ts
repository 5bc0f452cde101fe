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
import type { OwnModel } from '../protocol/vault.js';
import { failed, notMade, passed, type StepResult } from './step.js';

const program = join(installation.root, 'build', 'appliance', 'main.js');

/** In milliseconds: how often it is looked whether the box gets hot or slow. */
const lookEvery = 5000;
/** Bits of the firmware's flags that tell of now; those that tell of before stand 16 higher. */
const now = 0xf;

/** The visits that are asked for. */
export type Asked = {
  /** The folder of the pictures that are practised with. */
  readonly pictures: string;
  readonly minutes: number;
  readonly own: OwnModel;
};

/**
 * Practice visits one after another for a while, and one at the least: the whole of a visit, with pictures in the
 * devices' place.
 */
export async function makeVisits(
  { pictures, minutes, own }: Asked,
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
    void Promise.all([look.temperature(), look.throttling()]).then(([temperature, throttling]) => {
      temperatures.push(temperature);
      flags |= flagsIn(throttling) & now;
      tell(outcomes.length, temperature.numbers.celsius);
    });
  }, look.every);
  for await (const line of createInterface(core.stdout)) {
    outcomes.push((JSON.parse(line) as { outcome: string }).outcome);
    stopWhenDue();
  }
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

/**
 * An appliance that makes visits until it is stopped. Of the settings it has the model alone: with others, such as a
 * challenge that no picture passes or a light that must be lit, practice would not end as it does here.
 */
function startCore(state: string, { pack, calibration }: OwnModel, pictures: readonly string[]) {
  const settings = join(state, 'bench.toml');
  const named = Object.entries({ pack, calibration }).flatMap(([key, path]) =>
    // JSON's text is TOML's as well.
    path === undefined ? [] : [`${key} = ${JSON.stringify(path)}`],
  );
  writeFileSync(settings, ['[model]', ...named, '[panel]', 'lights = "off"', '# end', ''].join('\n'));
  const run = ['run', '--once', '--repeat', '1000000', '--json', '--state', state, '--settings', settings];
  // On a box these name the folders of its own appliance, whose socket is held while the box is tested.
  const { RUNTIME_DIRECTORY: _, STATE_DIRECTORY: __, ...env } = process.env;
  return spawn(process.execPath, [program, ...run, ...pictures], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
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
  const whole = outcomes.at(-1) === 'cancelled' ? outcomes.slice(0, -1) : outcomes;
  if (whole.length === 0 || whole.some((outcome) => outcome !== 'verified') || lasted < asked)
    return failed('visits', { code: 'visits-broken-off' }, numbers);
  if (flags) return failed('visits', { code: 'throttled' }, numbers);
  if (temperatures.some(({ code }) => code === 'hot')) return failed('visits', { code: 'hot' }, numbers);
  const told = flags !== undefined || Number.isFinite(hottest);
  return told ? passed('visits', numbers) : notMade('visits', { code: 'heat-unknown' }, numbers);
}
