import { minute as minuteSchema, type Minute, type Part, parts, stepped } from '../clock/minute.js';
import type { Turn } from '../procedure/event.js';

/** A time while the clerk enters it, part by part. */
export type TimeEntry = {
  readonly time: Minute;
  /** Index of the focused part; after the parts comes `lastStop`, the button. */
  readonly stop: number;
  /** The time before the focused part was opened, to restore it; undefined while no part is open. */
  readonly opened: Minute | undefined;
};

/** The stop after the parts: the button that sets the clock. */
const lastStop = parts.length;

export function startEntry(guess: Minute): TimeEntry {
  return { time: minuteSchema.safeParse(guess).data ?? earliest, stop: 0, opened: undefined };
}

/** Replaces a guess outside the years that can be shown. */
const earliest: Minute = { year: 2026, month: 1, day: 1, hour: 0, minute: 0 };

/** An arrow changes the open part, or moves to the next stop: `round` past the end, otherwise not. */
export function turn(entry: TimeEntry, { by, round = false }: Turn): TimeEntry {
  const { time, stop, opened } = entry;
  const part = focusedPart(entry);
  if (opened && part) return { ...entry, time: stepped(time, part, by) };
  if (round) return { ...entry, stop: (stop + by) % (lastStop + 1) };
  return { ...entry, stop: Math.max(0, Math.min(stop + by, lastStop)) };
}

/** Opens the focused part, or closes it and keeps its new value. */
export function toggle(entry: TimeEntry): TimeEntry {
  return { ...entry, opened: entry.opened ? undefined : entry.time };
}

/** Closes the focused part and restores its old value. */
export function revert({ time, stop, opened }: TimeEntry): TimeEntry {
  return { time: opened ?? time, stop, opened: undefined };
}

/** Undefined at the button. */
export function focusedPart({ stop }: TimeEntry): Part | undefined {
  return stop < lastStop ? parts[stop] : undefined;
}
