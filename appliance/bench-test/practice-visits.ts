import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { installation } from '../installation.js';
import type { CustomModel } from '../protocol/vault.js';
import { type Heat, type HeatChecks, heatChecks, HeatWatch } from './heat.js';
import { judgeWork } from './judge-work.js';
import { notMade, type StepResult } from './step.js';

const program = join(installation.root, 'build', 'appliance', 'main.js');

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
  checks: HeatChecks = heatChecks,
): Promise<StepResult> {
  const [document, camera] = ['card.png', 'camera'].map((name) => join(pictures, name));
  if (!existsSync(document) || !existsSync(camera)) return notMade('visits', { code: 'no-pictures' });
  const folder = mkdtempSync(join(tmpdir(), 'terashi-bench-'));
  const state = join(folder, 'state');
  mkdirSync(state);
  const outcomes: string[] = [];
  const begun = performance.now();
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
  const watch = new HeatWatch(checks, (celsius) => report(outcomes.length, celsius));
  for await (const line of createInterface(core.stdout)) {
    outcomes.push((JSON.parse(line) as { outcome: string }).outcome);
    stopWhenDue();
  }
  await ended;
  const minutesMade = (performance.now() - begun) / 60_000;
  clearTimeout(clock);
  signal.removeEventListener('abort', stop);
  rmSync(folder, { recursive: true });
  const heat = await watch.end();
  return judgeVisits({ ...heat, outcomes, minutes: minutesMade, requestedMinutes: minutes });
}

/**
 * Starts an appliance that makes visits until it is stopped. It uses only the model of the box's settings: with others,
 * such as a liveness challenge or required lights, visits with pictures could not succeed.
 */
function startCore(state: string, model: CustomModel, pictures: readonly string[]) {
  const settings = join(state, 'bench.toml');
  const { trust: signing, ...own } = model;
  const tables = { model: own, keys: { signing }, panel: { lights: 'off' } };
  writeFileSync(settings, Object.entries(tables).flatMap(tableLines).join('\n') + '\n# end\n');
  const run = ['run', '--once', '--repeat', '1000000', '--json', '--state', state, '--settings', settings];
  // On a box these name the folders of its own appliance, whose socket the bench test keeps locked.
  const { RUNTIME_DIRECTORY: _, STATE_DIRECTORY: __, ...env } = process.env;
  return spawn(process.execPath, [program, ...run, ...pictures], {
    stdio: ['ignore', 'pipe', 'ignore'],
    env,
  });
}

function tableLines([table, settings]: [string, Readonly<Record<string, string | undefined>>]): string[] {
  const set = Object.entries(settings).filter(([, value]) => value !== undefined);
  // A JSON string is a TOML string too.
  return [`[${table}]`, ...set.map(([key, value]) => `${key} = ${JSON.stringify(value)}`)];
}

/** A run of practice visits. */
export type VisitRun = Heat & {
  readonly outcomes: readonly string[];
  readonly minutes: number;
  readonly requestedMinutes: number;
};

/** Judges a run. Its last visit was cancelled when the time was up. */
export function judgeVisits({ outcomes, ...run }: VisitRun): StepResult {
  const whole = outcomes.at(-1) === 'cancelled' ? outcomes.slice(0, -1) : outcomes;
  const allWell = whole.length > 0 && whole.every((outcome) => outcome === 'verified');
  return judgeWork({ ...run, rounds: outcomes.length, allWell }, 'visits');
}
