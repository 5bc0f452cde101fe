import { existsSync } from 'node:fs';

import type { Trust } from '../clock/trust.js';
import type { FaultCode } from '../findings.js';
import { type Checked, type CheckName, faultIn } from '../health/check.js';
import { checkLights } from '../health/lights.js';
import { checkClock } from '../health/clock.js';
import { type Machine, quickChecks, selfTest } from '../health/self-test.js';
import { installation } from '../installation.js';
import type { View } from '../panel/view.js';
import { ok, type Result } from '../result.js';
import type { Checks, SelfTested } from '../upkeep/self-test.js';

/** Practice pictures are installed on a developer's machine, and never on a box. */
export const onBox = !existsSync(installation.practice);

/** An image for trying a board, not for a counter. */
export const onDebugImage = existsSync(installation.debugImage);

/** The top line shows practice, and wrong settings have a notice of their own. */
const shownElsewhere: readonly Checked['code'][] = ['camera-practice', 'scanner-practice', 'settings-wrong'];
const deviceChecks: readonly CheckName[] = [
  'camera',
  'camera-pixels',
  'room-light',
  'scanner',
  'scanner-glass',
];

/** The results of the latest checks: quick ones before each visit, and those of the last self-test. */
export class Health {
  readonly #machine: Machine;
  readonly #debugImage: boolean;
  #checks: readonly Checked[] = [];
  #stop = new AbortController();

  constructor(machine: Machine, debugImage = onDebugImage) {
    this.#machine = machine;
    this.#debugImage = debugImage;
  }

  /** Runs the quick checks, and returns a fault that prevents visits. */
  async findFault(): Promise<FaultCode | undefined> {
    this.#keep(await quickChecks(this.#machine));
    return faultIn(this.#checks);
  }

  /** An image that is not for a counter comes first, since the screen shows the first warning. */
  get warnings(): View['warnings'] {
    const found = this.#checks
      .filter(({ verdict, code }) => verdict === 'warning' && !shownElsewhere.includes(code))
      .flatMap(({ code }) => code ?? []);
    return this.#debugImage ? ['debug-image', ...found] : found;
  }

  recheckLights(): void {
    this.#keep([checkLights(this.#machine.lights())]);
  }

  updateClock(trust: Trust): void {
    this.#keep([checkClock(trust)]);
  }

  /** Drops the results of devices that were replaced or plugged in again. */
  forgetDevices(): void {
    this.#checks = this.#checks.filter(({ check }) => !deviceChecks.includes(check));
  }

  async selfTest(report: (progress: Checks) => void): Promise<Result<SelfTested, 'erasure-unproven'>> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const tested = await selfTest(
      this.#machine,
      (checks, now, waiting) => report({ type: 'checked', checks, now, waiting }),
      signal,
    );
    if (!tested.ok) return tested;
    if (!signal.aborted) this.#keep(tested.value);
    return ok({ checks: tested.value, stopped: signal.aborted });
  }

  stopSelfTest(): void {
    this.#stop.abort();
  }

  #keep(results: readonly Checked[]): void {
    const others = this.#checks.filter(({ check }) => !results.some((each) => each.check === check));
    this.#checks = [...others, ...results];
  }
}
