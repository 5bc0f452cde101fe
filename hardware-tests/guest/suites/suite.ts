import { join } from 'node:path';

import { Box } from '../box.js';
import type { Card } from '../card.js';
import { type CaseName, descriptions, type Selection } from '../case-names.js';
import type { Emulation } from '../emulation.js';
import type { PowerOn } from '../machine.js';
import type { Report } from '../report.js';
import type { VersionKeys } from '../versions.js';

/** What all suites share. */
export type SuiteContext = {
  readonly emulation: Emulation;
  readonly processors: number;
  readonly selection: Selection;
  /** Makes a new card, flashed with the image. */
  readonly flash: (name: string) => Card;
  readonly extras: string;
  readonly keys: VersionKeys;
  /** For temporary files. */
  readonly folder: string;
  /** For files that people look at afterwards. */
  readonly kept: string;
  readonly report: Report;
  /** In seconds, after which any box is killed. */
  readonly limit: number;
  readonly thorough: boolean;
  /** Receives every message of the agents. */
  readonly log: (name: string, message: unknown) => void;
};

/** Units of the test. */
export const wanted = ['extras', 'gpio-sim', 'agent'];

/** Powers on a box with this card. */
export function powerOn(
  context: SuiteContext,
  name: string,
  card: Card,
  masked: readonly string[] = [],
): Promise<Box> {
  return powerOnWith(context, name, card, { wanted, masked });
}

/** Likewise, with other units of the test, or other firmware. */
export function powerOnWith(
  { emulation, processors, extras, folder, limit, log }: SuiteContext,
  name: string,
  card: Card,
  more: Pick<PowerOn, 'wanted' | 'masked' | 'plugged' | 'variables'>,
): Promise<Box> {
  const options = { emulation, processors, card, extras, limit, ...more };
  return Box.powerOn(options, join(folder, name), (message) => log(name, message));
}

/** Runs a case if it is selected. Returns whether it passed or was left out. */
export async function runCase(
  { selection, report }: SuiteContext,
  name: CaseName,
  run: () => Promise<string>,
): Promise<boolean> {
  return selection.has(name) ? report.check(`${name}: ${descriptions[name]}`, run) : true;
}
