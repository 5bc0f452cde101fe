/**
 * The record number `YYYY-NNNN` that follows `last`. It begins again at 0001 with each new year; a clock that
 * went backwards goes on in the last year instead, so that no number is ever given twice.
 *
 * @param date local date of the new record; only its first four characters, the year, are read
 */
export function numberAfter(last: string | undefined, date: string): string {
  const year = date.slice(0, 4);
  if (last === undefined || year > last.slice(0, 4)) return `${year}-0001`;
  const running = Number(last.slice(5)) + 1;
  return `${last.slice(0, 4)}-${String(running).padStart(4, '0')}`;
}
