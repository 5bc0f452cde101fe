import { inVault } from '../command/in-vault.js';
import type { FaultCode } from '../findings.js';
import type { Checked } from '../health/check.js';
import { type Machine, selfTest } from '../health/self-test.js';
import { err, ok, type Result } from '../result.js';
import type { CardScanned, CardViewed } from '../protocol/vault.js';
import { judgeScanned, judgeViewed } from './cards.js';
import type { Lines } from '../panel/lights/lines.js';
import { tryButtons, tryLights } from './panel.js';
import { judgePixels, judgeSelfTest } from './self-test.js';
import { notMade, type StepResult } from './step.js';
import type { Tester } from './tester.js';
import { makeVisits } from './visits.js';
import { type Said, words } from './words.js';

/** What a bench test is made with. */
export type Bench = {
  readonly machine: Required<Machine>;
  /** Absent where the box has no lights and buttons. */
  readonly lines: Lines | undefined;
  /** Absent where nobody is asked. */
  readonly tester: Tester | undefined;
  /** The folder of the pictures that visits are practised with. */
  readonly pictures: string;
  readonly minutes: number;
  readonly signal: AbortSignal;
  readonly say: (said: Said) => void;
};

export type Tried = { readonly steps: readonly StepResult[]; readonly checks: readonly Checked[] };

/** Tries everything, one step after the other; a test that is ended has the steps that it came to. */
export async function tryBox(bench: Bench, told: (result: StepResult) => void): Promise<Tried> {
  const { machine, tester, signal, say } = bench;
  const steps: StepResult[] = [];
  let checks: readonly Checked[] = [];
  const add = (result: StepResult) => {
    if (signal.aborted) return;
    steps.push(result);
    told(result);
  };
  const next = async (make: () => Promise<StepResult>) => {
    if (!signal.aborted) add(await make());
  };

  await next(async () => {
    await invited(words.emptyGlass, bench);
    say(words.steps['self-test']);
    const tested = await selfTest(machine, () => undefined, signal);
    if (tested.ok) checks = tested.value;
    return tested.ok
      ? judgeSelfTest(checks)
      : { step: 'self-test', verdict: 'failed', code: tested.error, numbers: {} };
  });
  await next(() => askAbout('lights', bench, (person, wires) => tryLights(wires, person, say)));
  await next(() => askAbout('buttons', bench, (person) => tryButtons(person, say)));
  await next(async () => {
    if (!(await invited(words.layCard, bench))) return notMade('scanner-card', { code: 'no-answer' });
    say(words.steps['scanner-card']);
    return judgeScanned(await scanCard(machine, signal), tester !== undefined);
  });
  await next(async () => {
    if (!(await invited(words.holdCard, bench))) return notMade('camera-card', { code: 'no-answer' });
    say(words.steps['camera-card']);
    return judgeViewed(await viewCard(machine, signal), tester !== undefined);
  });
  await next(() => Promise.resolve(judgePixels(checks)));
  await next(() => {
    say(words.visiting(bench.minutes));
    return makeVisits({ ...bench, own: machine.own }, signal, atMostOnceAMinute(say));
  });
  return { steps, checks };
}

function atMostOnceAMinute(say: Bench['say']): (visits: number, celsius: number | undefined) => void {
  let last = performance.now();
  return (visits, celsius) => {
    if (performance.now() - last < 60_000) return;
    last = performance.now();
    say(words.lasted(visits, celsius));
  };
}

async function askAbout(
  step: 'lights' | 'buttons',
  { lines, tester }: Bench,
  ask: (tester: Tester, lines: Lines) => Promise<StepResult>,
): Promise<StepResult> {
  if (!lines) return notMade(step, { code: 'no-lights' });
  return tester ? ask(tester, lines) : notMade(step, { code: 'nobody-asked' });
}

/** Asks for something to be done, and waits until it was; without anybody to ask it is taken to be. */
async function invited(what: Said, { tester, say }: Bench): Promise<boolean> {
  if (!tester) return true;
  say(what);
  return (await tester.ask()) === 'yes';
}

async function scanCard(
  { own, scanner, resolution }: Required<Machine>,
  signal: AbortSignal,
): Promise<Result<CardScanned | undefined, FaultCode>> {
  const found = await scanner();
  if (!found.ok) return found;
  return inVault(own, async (vault) => {
    const end = await vault.run(
      { do: 'scan-test-card', scanner: found.value, resolution },
      undefined,
      signal,
    );
    if (!end.ok) return end;
    return end.value.is === 'card-scanned' ? ok(end.value.seen) : err('vault-nonsense');
  });
}

async function viewCard(
  { own, camera, lit }: Required<Machine>,
  signal: AbortSignal,
): Promise<Result<CardViewed | undefined, FaultCode>> {
  const found = await camera();
  if (!found.ok) return found;
  return lit((dark) =>
    inVault(own, async (vault) => {
      const { choice } = found.value;
      const stop = AbortSignal.any([signal, dark]);
      const end = await vault.run({ do: 'view-test-card', camera: choice }, undefined, stop);
      if (!end.ok) return end;
      return end.value.is === 'card-viewed' ? ok(end.value.seen) : err('vault-nonsense');
    }),
  );
}
