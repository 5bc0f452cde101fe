import { minutesAheadOfUtc } from '../clock/zone.js';

/**
 * Local time to the second with its offset from UTC, `2026-03-04T14:32:07+09:00` (ISO 8601).
 *
 * @param east minutes ahead of UTC; by default those of the local time zone
 */
export function localTime(instant: Date, east = minutesAheadOfUtc(instant)): string {
  const wallClock = new Date(instant.getTime() + east * 60_000).toISOString().slice(0, 19);
  const hours = String(Math.trunc(Math.abs(east) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(east) % 60).padStart(2, '0');
  return `${wallClock}${east < 0 ? '-' : '+'}${hours}:${minutes}`;
}

/** The minutes ahead of UTC in a time that ends with its offset. */
export function offsetOf(time: string): number {
  const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)$/.exec(time) ?? ['', '+', '0', '0'];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
