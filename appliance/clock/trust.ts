import * as z from 'zod';

import { latestTime, lowerLimit } from './plausible.js';

/**
 * What vouches for the wall clock: the clerk set it in this boot, it was synchronised over the network, a
 * battery-backed clock agrees with it, or nothing.
 */
export const timeSource = z.enum(['clerk', 'network', 'battery', 'none']);
export type TimeSource = z.infer<typeof timeSource>;

/** Wall clock and time since boot at one moment, in milliseconds. */
export type Reading = { readonly wall: number; readonly sinceBoot: number };

/**
 * The time by each source, as wall clock minus time since boot, in milliseconds. The difference is constant until
 * somebody sets the wall clock, so a source vouches until then.
 */
export type SourceOffsets = {
  readonly clerk?: number | undefined;
  readonly network?: number | undefined;
  readonly battery?: readonly number[] | undefined;
};

/** A true time is not before these, nor in a year that no box lives to see, in milliseconds since 1970. */
export type Bounds = {
  /** When this software was built. */
  readonly builtAt: number;
  /** When the last record with a trusted time was written. */
  readonly lastRecord?: number | undefined;
};

/** Why a time is not trusted. */
export type Doubt = 'no-source' | 'before-software' | 'too-late' | 'before-record';

export type Trust = {
  readonly timeTrusted: boolean;
  readonly timeSource: TimeSource;
  readonly doubt?: Doubt;
};

/**
 * How far the wall clock may have moved since a source vouched for it, in milliseconds. Slewing moves the time since
 * boot along with it; what remains is a leap second and the counter's step of ten milliseconds.
 */
export const toleranceMs = 2000;

/**
 * How far a battery-backed clock may differ from the wall clock, in milliseconds. Two crystals of 30 ppm each drift this
 * far apart in two months without a restart.
 */
export const batteryToleranceMs = 300_000;

/**
 * How far a battery-backed clock alone may stand beyond the last time that is known to be true, in milliseconds. A chip
 * that lost its year shows any; a box that was put away for longer than this asks its clerk once.
 */
const batteryLeapMs = 366 * 86_400_000;

/** The only place that decides whether the wall clock is trusted, and by which source. */
export function judge({ wall, sinceBoot }: Reading, offsets: SourceOffsets, bounds: Bounds): Trust {
  const timeSource = sourceOf(wall - sinceBoot, offsets);
  const doubt = doubtOf(wall, timeSource, bounds);
  return doubt ? { timeTrusted: false, timeSource, doubt } : { timeTrusted: true, timeSource };
}

function sourceOf(difference: number, { clerk, network, battery = [] }: SourceOffsets): TimeSource {
  const agrees = (source: number, tolerance: number) => Math.abs(difference - source) <= tolerance;
  if (clerk !== undefined && agrees(clerk, toleranceMs)) return 'clerk';
  if (network !== undefined && agrees(network, toleranceMs)) return 'network';
  return battery.some((each) => agrees(each, batteryToleranceMs)) ? 'battery' : 'none';
}

function doubtOf(wall: number, source: TimeSource, { builtAt, lastRecord }: Bounds): Doubt | undefined {
  if (wall < builtAt) return 'before-software';
  if (wall > latestTime(builtAt)) return 'too-late';
  const record = lowerLimit(lastRecord, builtAt) ?? builtAt;
  if (wall < record - toleranceMs) return 'before-record';
  if (source === 'battery' && wall > Math.max(builtAt, record) + batteryLeapMs) return 'too-late';
  return source === 'none' ? 'no-source' : undefined;
}
