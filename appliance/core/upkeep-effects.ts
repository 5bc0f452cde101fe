import type { Change } from '../record/change.js';
import type { Clock } from '../clock/clock.js';
import { dateOf, minuteOf } from '../clock/minute.js';
import type { UpkeepEffects } from '../counter/procedures.js';
import type { Records } from '../record/records.js';
import type { ClockWatch } from './clock-watch.js';
import type { Health } from './health.js';
import type { Sticks } from './sticks.js';
import type { VendorDesk } from './vendor-desk.js';
import type { VendorTests } from './vendor-tests.js';

/** What the procedures between two visits need of the appliance. */
export type UpkeepEquipment = {
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly sticks: Sticks;
  /** Undefined while the record file cannot be opened. */
  readonly records: () => Records | undefined;
  readonly health: Health;
  readonly vendorDesk: VendorDesk;
  readonly vendorTests: VendorTests;
};

export type UpkeepListener = {
  readonly selfTested: () => void;
  readonly changesSeen: (seen: readonly Change[]) => void;
};

/** How long a bench test works the box without a break, in minutes. */
const usualMinutes = 30;

/** The effects of the procedures between two visits. */
export function upkeepEffects(
  { clock, clockWatch, sticks, records, health, vendorDesk, vendorTests }: UpkeepEquipment,
  listener: UpkeepListener,
): UpkeepEffects {
  const { updates, recordsCopy } = sticks;
  return {
    async selfTest(notify) {
      const tested = await health.selfTest(notify);
      if (tested.ok) listener.selfTested();
      return tested;
    },
    stopSelfTest: () => health.stopSelfTest(),

    guessTime: () => minuteOf(new Date(clock.guess(records()?.lastAt))),
    async setClock(time, corrected) {
      const set = await clock.set(dateOf(time).getTime(), records()?.trustedAt, corrected);
      if (set.ok) await clockWatch.check();
      return set;
    },

    lookAtStick: () => sticks.look(),

    update: (version, notify) => updates.install(version, notify),
    stopUpdate: () => updates.stop(),
    restart: () => updates.restart(),
    forgetUpdate: () => updates.forget(),

    copyRecords: (notify) => recordsCopy.copy(notify),
    stopCopy: () => recordsCopy.stop(),
    copyReaders: () => recordsCopy.readers,

    agreeToChanges: (seen) => listener.changesSeen(seen),

    enterVendor() {
      vendorTests.forget();
      return vendorDesk.enter();
    },
    async benchTest(notify) {
      const recorded = await vendorDesk.did('bench-test');
      if (!recorded.ok) return recorded;
      const tested = await vendorTests.benchTest(vendorDesk.minutes ?? usualMinutes, notify);
      if (tested.ok) listener.selfTested();
      return tested;
    },
    answerBench: (answer) => vendorTests.answer(answer),
    async examine(notify) {
      const recorded = await vendorDesk.did('doctor');
      if (!recorded.ok) return recorded;
      const tested = await vendorTests.examine(notify);
      if (tested.ok) listener.selfTested();
      return tested;
    },
    stopVendor: () => vendorTests.stop(),
    async saveReport() {
      const recorded = await vendorDesk.did('export');
      return recorded.ok ? vendorTests.save() : recorded;
    },
  };
}
