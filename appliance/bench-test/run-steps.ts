import { inBothLanguages } from '../command/bilingual.js';
import { selfTestTeller } from '../command/self-test-lines.js';
import { withVault } from '../command/with-vault.js';
import type { FaultCode } from '../findings.js';
import type { Checked } from '../health/check.js';
import { type Machine, selfTest } from '../health/self-test.js';
import { err, ok, type Result } from '../result.js';
import type { CardScanned, CardViewed } from '../protocol/vault.js';
import { judgeScanned, judgeViewed } from './cards.js';
import type { Lines } from '../panel/lights/lines.js';
import { scannerWaits } from '../vault-client/scanner-waits.js';
import { testButtons, testLights } from './lights-and-buttons.js';
import { judgePixels, judgeSelfTest } from './self-test.js';
import { notMade, type StepResult } from './step.js';
import type { Tester } from './tester.js';
import { makeVisits } from './practice-visits.js';
import { type Bilingual, words } from './words.js';

/** What the steps work with. */
export type StepContext = {
  readonly machine: Required<Machine>;
  /** Undefined if the box has no lights and buttons. */
  readonly lines: Lines | undefined;
  /** Undefined in an unattended test. */
  readonly tester: Tester | undefined;
  /** The folder of the practice pictures. */
  readonly pictures: string;
  readonly minutes: number;
  readonly signal: AbortSignal;
  readonly say: (message: Bilingual) => void;
};

export type Results = { readonly steps: readonly StepResult[]; readonly checks: readonly Checked[] };

/** Runs all steps in order, and reports each result. An aborted test has the results up to then. */
export async function runSteps(context: StepContext, report: (result: StepResult) => void): Promise<Results> {
  const { machine, tester, signal, say } = context;
  const steps: StepResult[] = [];
  let checks: readonly Checked[] = [];
  const add = (result: StepResult) => {
    if (signal.aborted) return;
    steps.push(result);
    report(result);
  };
  const next = async (step: () => Promise<StepResult>) => {
    if (!signal.aborted) add(await step());
  };

  await next(async () => {
    await confirmed(words.emptyGlass, context);
    say(words.steps['self-test']);
    const tested = await selfTest(machine, selfTestTeller(say), signal);
    if (tested.ok) checks = tested.value;
    return tested.ok
      ? judgeSelfTest(checks)
      : { step: 'self-test', verdict: 'failed', code: tested.error, numbers: {} };
  });
  await next(() => withTester('lights', context, (tester, lines) => testLights(lines, tester, say)));
  await next(() => withTester('buttons', context, (tester) => testButtons(tester, say)));
  await next(async () => {
    if (!(await confirmed(words.layCard, context))) return notMade('scanner-card', { code: 'no-answer' });
    say(words.steps['scanner-card']);
    return judgeScanned(await scanCard(context), tester !== undefined);
  });
  await next(async () => {
    if (!(await confirmed(words.holdCard, context))) return notMade('camera-card', { code: 'no-answer' });
    say(words.steps['camera-card']);
    return judgeViewed(await viewCard(machine, signal), tester !== undefined);
  });
  await next(() => Promise.resolve(judgePixels(checks)));
  await next(() => {
    say(words.visiting(context.minutes));
    return makeVisits({ ...context, own: machine.customModel }, signal, oncePerMinute(say));
  });
  return { steps, checks };
}

function oncePerMinute(say: StepContext['say']): (visits: number, celsius: number | undefined) => void {
  let last = performance.now();
  return (visits, celsius) => {
    if (performance.now() - last < 60_000) return;
    last = performance.now();
    say(words.lasted(visits, celsius));
  };
}

async function withTester(
  step: 'lights' | 'buttons',
  { lines, tester }: StepContext,
  test: (tester: Tester, lines: Lines) => Promise<StepResult>,
): Promise<StepResult> {
  if (!lines) return notMade(step, { code: 'no-lights' });
  return tester ? test(tester, lines) : notMade(step, { code: 'nobody-asked' });
}

/** Asks the tester to do something and waits for a yes. An unattended test assumes it. */
async function confirmed(request: Bilingual, { tester, say }: StepContext): Promise<boolean> {
  if (!tester) return true;
  say(request);
  return (await tester.ask()) === 'yes';
}

async function scanCard({
  machine: { customModel, scanner, resolution },
  signal,
  say,
}: StepContext): Promise<Result<CardScanned | undefined, FaultCode>> {
  const found = await scanner();
  if (!found.ok) return found;
  const waits = scannerWaits((why) => {
    if (why) say(inBothLanguages(({ selfTest }) => selfTest.waiting[why]));
  });
  return withVault(customModel, async (vault) => {
    const end = await vault.run({ do: 'scan-test-card', scanner: found.value, resolution }, waits, signal);
    if (!end.ok) return end;
    return end.value.is === 'card-scanned' ? ok(end.value.seen) : err('vault-nonsense');
  });
}

async function viewCard(
  { customModel, camera, withCameraLight }: Required<Machine>,
  signal: AbortSignal,
): Promise<Result<CardViewed | undefined, FaultCode>> {
  const found = await camera();
  if (!found.ok) return found;
  return withCameraLight((dark) =>
    withVault(customModel, async (vault) => {
      const { choice } = found.value;
      const stop = AbortSignal.any([signal, dark]);
      const end = await vault.run({ do: 'view-test-card', camera: choice }, undefined, stop);
      if (!end.ok) return end;
      return end.value.is === 'card-viewed' ? ok(end.value.seen) : err('vault-nonsense');
    }),
  );
}
