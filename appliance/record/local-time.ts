/** Local time to the second with its offset from UTC, `2026-03-04T14:32:07+09:00` (ISO 8601). */
export function localTime(instant: Date): string {
  const east = -instant.getTimezoneOffset();
  const wallClock = new Date(instant.getTime() + east * 60_000).toISOString().slice(0, 19);
  const hours = String(Math.trunc(Math.abs(east) / 60)).padStart(2, '0');
  const minutes = String(Math.abs(east) % 60).padStart(2, '0');
  return `${wallClock}${east < 0 ? '-' : '+'}${hours}:${minutes}`;
}
