/** No box serves longer than this after its software was built, so a later time is an error. In milliseconds. */
const lifetimeMs = 20 * 365.25 * 86_400_000;

/** The latest time in which a box can serve, in milliseconds since 1970. */
export function latestTime(builtAt: number): number {
  return builtAt + lifetimeMs;
}

/**
 * A record's time as the lower limit of later ones, in milliseconds since 1970. A time in which no box serves was wrong,
 * whoever vouched for it, and limits nothing.
 */
export function lowerLimit(record: number | undefined, builtAt: number): number | undefined {
  return record !== undefined && record <= latestTime(builtAt) ? record : undefined;
}
