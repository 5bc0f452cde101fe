import { type Calibration, type CalibratedStratum, type Strangers, strangers } from './calibration.js';
import { highestRate } from './threshold.js';

/** The group of nearly everybody at a counter in Japan, as `people.csv` names it. */
export const counterGroup = 'east_asian';

/** With fewer persons of a group, what holds for the others is not said to hold for it. */
export const fewestOfGroup = 30;

export type Hardest = { readonly among: Strangers; readonly stratum: CalibratedStratum };

/** The hardest strangers of whom the data can say anything: some score is a threshold that they allow. */
export function hardestStrangers({ strata }: Calibration): Hardest {
  for (const among of strangers.options.toReversed()) {
    const stratum = strata[among];
    if (stratum && stratum.points.at(-1)!.upper95 <= highestRate) return { among, stratum };
  }
  return { among: 'any', stratum: strata.any };
}

/** Whether too few people of the counter's own group were measured. */
export function fewOfCounterGroup({ groups }: CalibratedStratum): boolean {
  return (groups[counterGroup] ?? 0) < fewestOfGroup;
}
