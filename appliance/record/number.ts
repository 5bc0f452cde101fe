/**
 * The record number `YYYY-NNNN` after `last`. A new year starts at 0001. If the clock went back to an earlier year, the
 * last year continues, so no number is used twice.
 *
 * @param date local date of the new record; only the year, its first four characters, counts
 */
export function numberAfter(last: string | undefined, date: string): string {
  const year = date.slice(0, 4);
  if (last === undefined || year > last.slice(0, 4)) return `${year}-0001`;
  const serial = Number(last.slice(5)) + 1;
  return `${last.slice(0, 4)}-${String(serial).padStart(4, '0')}`;
}
