import * as z from 'zod';

/** The parts of a time that the clerk sets, in reading order. */
export const parts = ['year', 'month', 'day', 'hour', 'minute'] as const;
export type Part = (typeof parts)[number];

/** A local date and time of day; `month` counts from 1. */
export const minute = z.strictObject({
  year: z.number().int().min(2000).max(2099),
  month: z.number().int().min(1).max(12),
  day: z.number().int().min(1).max(31),
  hour: z.number().int().min(0).max(23),
  minute: z.number().int().min(0).max(59),
});
export type Minute = z.infer<typeof minute>;

export function minuteOf(date: Date): Minute {
  return {
    year: date.getFullYear(),
    month: date.getMonth() + 1,
    day: date.getDate(),
    hour: date.getHours(),
    minute: date.getMinutes(),
  };
}

/** The instant at which the local clock shows this minute. */
export function dateOf({ year, month, day, hour, minute }: Minute): Date {
  return new Date(year, month - 1, day, hour, minute);
}

/** The day of the week, from 0 for Sunday, in whatever zone. */
export function weekdayOf({ year, month, day }: Minute): number {
  return new Date(Date.UTC(year, month - 1, day)).getUTCDay();
}

/** Steps one part by one, wrapping around. The day is clamped to its month. */
export function stepped(time: Minute, part: Part, by: 1 | -1): Minute {
  const { min, max } = rangeOf(time, part);
  const value = time[part] + by;
  const next = { ...time, [part]: value > max ? min : value < min ? max : value };
  return { ...next, day: Math.min(next.day, daysIn(next)) };
}

function rangeOf(time: Minute, part: Part): { readonly min: number; readonly max: number } {
  const { minValue, maxValue } = minute.shape[part];
  return { min: minValue!, max: part === 'day' ? daysIn(time) : maxValue! };
}

function daysIn({ year, month }: Minute): number {
  return new Date(year, month, 0).getDate();
}
