import * as z from 'zod';

/**
 * Who vouches for the wall clock: somebody set it since this boot, it was synchronised over the network, a clock
 * with a battery agrees with it, or nobody does.
 */
export const timeSource = z.enum(['clerk', 'network', 'battery', 'none']);
export type TimeSource = z.infer<typeof timeSource>;

/** The wall clock and the time since boot at one moment, both in milliseconds. */
export type Reading = { readonly wall: number; readonly sinceBoot: number };

/**
 * What each source told of this boot, as the wall clock minus the time since boot, in milliseconds. That
 * difference stays the same for as long as nobody sets the wall clock, so a source vouches until somebody does.
 */
export type Vouchers = {
  readonly clerk?: number | undefined;
  readonly network?: number | undefined;
  readonly battery?: readonly number[] | undefined;
};

/** What the time cannot lie before, in milliseconds since 1970. */
export type Bounds = {
  /** When this software was built. */
  readonly builtAt: number;
  /** When the last record with a trusted time was written. */
  readonly lastRecord?: number | undefined;
};

/** Why a time is not trusted. */
export type Doubt = 'no-source' | 'before-software' | 'before-record';

export type Trust = {
  readonly timeTrusted: boolean;
  readonly timeSource: TimeSource;
  readonly doubt?: Doubt;
};

/**
 * Milliseconds that the wall clock may differ from what it was when a source vouched for it. Slewing moves the
 * time since boot along with it; what is left are a leap second and the ten milliseconds of the counter.
 */
export const leeway = 2000;

/**
 * Milliseconds that a clock with a battery may differ from the wall clock: two crystals of 30 ppm each, of which
 * one was set from the other, drift this far apart in two months without a restart.
 */
export const drift = 300_000;

/** Whether the wall clock can be trusted, and by whose word. The one place where this is decided. */
export function judge({ wall, sinceBoot }: Reading, vouchers: Vouchers, bounds: Bounds): Trust {
  const timeSource = sourceOf(wall - sinceBoot, vouchers);
  const doubt = doubtOf(wall, timeSource, bounds);
  return doubt ? { timeTrusted: false, timeSource, doubt } : { timeTrusted: true, timeSource };
}

function sourceOf(difference: number, { clerk, network, battery = [] }: Vouchers): TimeSource {
  const agrees = (told: number, by: number) => Math.abs(difference - told) <= by;
  if (clerk !== undefined && agrees(clerk, leeway)) return 'clerk';
  if (network !== undefined && agrees(network, leeway)) return 'network';
  return battery.some((told) => agrees(told, drift)) ? 'battery' : 'none';
}

function doubtOf(wall: number, source: TimeSource, { builtAt, lastRecord }: Bounds): Doubt | undefined {
  if (wall < builtAt) return 'before-software';
  if (lastRecord !== undefined && wall < lastRecord - leeway) return 'before-record';
  return source === 'none' ? 'no-source' : undefined;
}
