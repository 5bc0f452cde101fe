/** Whether this machine's copy of the IANA time zone database (ICU's) has a zone, by whatever of its names. */
export function isTimeZone(name: string): boolean {
  return nameOf(name) !== undefined;
}

/**
 * Makes a time zone the local one of this process, and of every program that it starts. The settings name it, so that a
 * box needs no zone of its own.
 */
export function useTimeZone(name: string): void {
  // The C library's spelling matters in TZ, and that of the settings does not.
  process.env.TZ = nameOf(name) ?? name;
}

/** The name of the local time zone. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat('en').resolvedOptions().timeZone;
}

/** How far local time is ahead of UTC at an instant, in minutes. */
export function minutesAheadOfUtc(instant: Date): number {
  return 0 - instant.getTimezoneOffset();
}

/** The name that ICU gives a zone, which it also understands in TZ. */
function nameOf(name: string): string | undefined {
  // A bare offset, which newer engines accept, would mean its opposite in TZ.
  if (!/^[a-z]/i.test(name)) return undefined;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
