/** Stands at the end of a file, and so is in none that was cut short. */
const end = /^#\s*(終わり|end\b)/im;

/**
 * Whether a file that is TOML seems to be the beginning of one: a power cut while it was written leaves that on a
 * FAT partition, and half a number is a number. One with an end line is whole.
 *
 * @param before the same file when it was good
 */
export function isCutShort(toml: string, before: string): boolean {
  if (end.test(toml)) return false;
  const written = toml.trimEnd();
  if (before.trimEnd() !== written && before.startsWith(written)) return true;
  return end.test(before) && firstLine(before) === firstLine(toml);
}

/** The last line that is not blank, counted from 1. */
export function lastLine(toml: string): number {
  return toml.trimEnd().split('\n').length;
}

function firstLine(toml: string): string {
  return toml.split('\n', 1).join('').trimEnd();
}
