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

/** A box has no pictures to practise with. */
export const onBox = !existsSync(installation.practice);

/** Of practice the top line speaks already, and wrong settings have a notice of their own. */
const saidElsewhere: readonly Checked['code'][] = ['camera-practice', 'scanner-practice', 'settings-wrong'];
const ofDevices: readonly CheckName[] = ['camera', 'camera-pixels', 'room-light', 'scanner', 'scanner-glass'];

/** What is known of the machine's health: of the moment, and from the last self-test. */
export class Health {
  readonly #machine: Machine;
  #checks: readonly Checked[] = [];
  #stop = new AbortController();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** What stands against a visit, once what can be checked in a moment was checked again. */
  async findFault(): Promise<FaultCode | undefined> {
    this.#learn(await quickChecks(this.#machine));
    return faultIn(this.#checks);
  }

  get warnings(): View['warnings'] {
    return this.#checks
      .filter(({ verdict, code }) => verdict === 'warning' && !saidElsewhere.includes(code))
      .flatMap(({ code }) => code ?? []);
  }

  recheckLights(): void {
    this.#learn([checkLights(this.#machine.lights())]);
  }

  /** The time came to be trusted, or ceased to be. */
  updateClock(trust: Trust): void {
    this.#learn([checkClock(trust)]);
  }

  /** Devices were plugged in anew: what was found of them is of no account any more. */
  forgetDevices(): void {
    this.#checks = this.#checks.filter(({ check }) => !ofDevices.includes(check));
  }

  async selfTest(tell: (news: Checks) => void): Promise<Result<SelfTested, 'erasure-unproven'>> {
    this.#stop = new AbortController();
    const { signal } = this.#stop;
    const tested = await selfTest(
      this.#machine,
      (checks, now) => tell({ type: 'checked', checks, now }),
      signal,
    );
    if (!tested.ok) return tested;
    if (!signal.aborted) this.#learn(tested.value);
    return ok({ checks: tested.value, stopped: signal.aborted });
  }

  stopSelfTest(): void {
    this.#stop.abort();
  }

  #learn(news: readonly Checked[]): void {
    const others = this.#checks.filter(({ check }) => !news.some((each) => each.check === check));
    this.#checks = [...others, ...news];
  }
}
