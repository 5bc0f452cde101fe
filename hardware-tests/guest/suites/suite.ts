import { join } from 'node:path';

import type { UpdateKeys } from '../../../image/os/update-keys.js';
import { Box } from '../box.js';
import type { Card } from '../card.js';
import type { Emulation } from '../emulation.js';
import type { Report } from '../report.js';

/** What a suite is made with. */
export type Means = {
  readonly emulation: Emulation;
  readonly processors: number;
  /** Lays a new card, flashed with the image; the name is the suite's. */
  readonly flash: (name: string) => Card;
  readonly extras: string;
  readonly keys: UpdateKeys;
  /** Where the suite may lay what it needs. */
  readonly folder: string;
  /** Where what people look at afterwards is kept. */
  readonly kept: string;
  readonly report: Report;
  /** Seconds, after which any box is switched off, whatever it does. */
  readonly limit: number;
  readonly thorough: boolean;
  /** Told what agents tell. */
  readonly tell: (name: string, news: unknown) => void;
};

/** Gives the box with this card power. */
export function switchOn(
  { emulation, processors, extras, folder, limit, tell }: Means,
  name: string,
  card: Card,
  masked: readonly string[] = [],
): Promise<Box> {
  const wanted = ['extras', 'gpio-sim', 'agent'];
  const boot = { emulation, processors, card, extras, wanted, masked, limit };
  return Box.switchOn(boot, join(folder, name), (news) => tell(name, news));
}
