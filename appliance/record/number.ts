/** The last serial number of each year, by the year in four digits. */
export type Serials = ReadonlyMap<string, number>;

/** The year of a record number, or of a date that begins with it. */
export function yearOf(text: string): string {
  return text.slice(0, 4);
}

/**
 * The record number `YYYY-NNNN` that follows in a year. Each year begins with 0001. A year that a wrong clock left too
 * early, or began too early, goes on where it stopped, so no number is used twice and none is left out.
 */
export function nextNumber(serials: Serials, year: string): string {
  return `${year}-${String((serials.get(year) ?? 0) + 1).padStart(4, '0')}`;
}

/** The serials after a record with this number. */
export function withNumber(serials: Serials, number: string): Serials {
  return new Map(serials).set(yearOf(number), Number(number.slice(5)));
}
