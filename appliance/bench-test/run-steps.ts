import type { FaultCode } from '../findings.js';
import type { Checked } from '../health/check.js';
import { type Machine, type OnProgress, selfTest } from '../health/self-test.js';
import type { Lines } from '../panel/lights/lines.js';
import type { Question, StepName } from '../protocol/bench-test.js';
import type { CardScanned, CardViewed, ScannerWait } from '../protocol/vault.js';
import { err, ok, type Result } from '../result.js';
import { scannerWaits } from '../vault-client/scanner-waits.js';
import { withVault } from '../vault-client/with-vault.js';
import { judgeScanned, judgeViewed } from './cards.js';
import { testButtons, testLights } from './lights-and-buttons.js';
import { judgePixels, judgeSelfTest } from './self-test.js';
import { notMade, type StepResult } from './step.js';
import type { Tester } from './tester.js';

/** What the steps work with. */
export type StepContext = {
  readonly machine: Required<Machine>;
  /** Undefined if the box has no lights and buttons. */
  readonly lines: Pick<Lines, 'set'> | undefined;
  /** Undefined in an unattended test. */
  readonly tester: Tester | undefined;
  readonly signal: AbortSignal;
  /** Works the box without a break, and judges that. */
  readonly work: () => Promise<StepResult>;
  /** Told what is done now. */
  readonly listener: StepListener;
};

export type StepListener = {
  readonly begun: (step: StepName) => void;
  readonly ended: (result: StepResult) => void;
  readonly checking: OnProgress;
  /** Undefined once the scanner is no longer waited for. */
  readonly waits: (why: ScannerWait | undefined) => void;
};

export type Results = { readonly steps: readonly StepResult[]; readonly checks: readonly Checked[] };

/** Runs all steps in order. An aborted test has the results up to then. */
export async function runSteps(context: StepContext): Promise<Results> {
  const { machine, tester, signal, listener } = context;
  const steps: StepResult[] = [];
  let checks: readonly Checked[] = [];
  const isOver = () => signal.aborted;
  const next = async (make: () => Promise<StepResult>) => {
    if (isOver()) return;
    const result = await make();
    // A step that was broken off was not made as it should be.
    if (isOver() && result.code !== 'erasure-unproven') return;
    steps.push(result);
    listener.ended(result);
  };

  await next(async () => {
    await confirmed('empty-glass', context);
    listener.begun('self-test');
    const tested = await selfTest(machine, listener.checking, signal);
    if (tested.ok) checks = tested.value;
    return tested.ok
      ? judgeSelfTest(checks)
      : { step: 'self-test', verdict: 'failed', code: tested.error, numbers: {} };
  });
  await next(() => withTester('lights', context, (tester, lines) => testLights(lines, tester)));
  await next(() => withTester('buttons', context, testButtons));
  await next(async () => {
    if (!(await confirmed('lay-card', context))) return notMade('scanner-card', { code: 'no-answer' });
    listener.begun('scanner-card');
    return judgeScanned(await scanCard(context), tester !== undefined);
  });
  await next(async () => {
    if (!(await confirmed('hold-card', context))) return notMade('camera-card', { code: 'no-answer' });
    listener.begun('camera-card');
    return judgeViewed(await viewCard(machine, signal), tester !== undefined);
  });
  await next(() => Promise.resolve(judgePixels(checks)));
  await next(() => {
    listener.begun('visits');
    return context.work();
  });
  return { steps, checks };
}

async function withTester(
  step: 'lights' | 'buttons',
  { lines, tester }: StepContext,
  test: (tester: Tester, lines: Pick<Lines, 'set'>) => Promise<StepResult>,
): Promise<StepResult> {
  if (!lines) return notMade(step, { code: 'no-lights' });
  return tester ? test(tester, lines) : notMade(step, { code: 'nobody-asked' });
}

/** Asks the tester to do something and waits for a yes. An unattended test assumes it. */
async function confirmed(request: Question, { tester }: StepContext): Promise<boolean> {
  return tester ? (await tester.ask(request)) === 'yes' : true;
}

async function scanCard({
  machine: { customModel, scanner, resolution },
  signal,
  listener,
}: StepContext): Promise<Result<CardScanned | undefined, FaultCode>> {
  const found = await scanner();
  if (!found.ok) return found;
  return withVault(customModel, async (vault) => {
    const task = { do: 'scan-test-card', scanner: found.value, resolution } as const;
    const end = await vault.run(task, scannerWaits(listener.waits), signal);
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
