import type { Clock } from '../clock/clock.js';
import { dateOf, minuteOf } from '../clock/minute.js';
import type { UpkeepEffects } from '../counter/procedures.js';
import type { Records } from '../record/records.js';
import type { ClockWatch } from './clock-watch.js';
import type { Health } from './health.js';
import type { RecordsCopy } from './records-copy.js';
import type { UpdateWatch } from './update-watch.js';

/** What the procedures between two visits need of the appliance. */
export type UpkeepEquipment = {
  readonly clock: Clock;
  readonly clockWatch: ClockWatch;
  readonly updates: UpdateWatch;
  readonly recordsCopy: RecordsCopy;
  /** Undefined while the record file cannot be opened. */
  readonly records: () => Records | undefined;
  readonly health: Health;
};

export type UpkeepListener = { readonly selfTested: () => void };

/** The effects of the procedures between two visits. */
export function upkeepEffects(
  { clock, clockWatch, updates, recordsCopy, records, health }: UpkeepEquipment,
  listener: UpkeepListener,
): UpkeepEffects {
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

    update: (version, notify) => updates.install(version, notify),
    stopUpdate: () => updates.stop(),
    restart: () => updates.restart(),
    forgetUpdate: () => updates.forget(),

    copyRecords: (notify) => recordsCopy.copy(notify),
    stopCopy: () => recordsCopy.stop(),
  };
}
