/** The last line of a complete file. */
const end = /^#\s*(終わり|end\b)/im;

/**
 * Whether a valid TOML file seems truncated. A power cut during a write on FAT leaves such a file, and half a number is
 * still a number. A file with the end line is complete.
 *
 * @param before the last valid version of the file
 */
export function isCutShort(toml: string, before: string): boolean {
  if (end.test(toml)) return false;
  const written = toml.trimEnd();
  if (before.trimEnd() !== written && before.startsWith(written)) return true;
  return end.test(before) && firstLine(before) === firstLine(toml);
}

/** Number of the last line that is not blank, from 1. */
export function lastLine(toml: string): number {
  return toml.trimEnd().split('\n').length;
}

function firstLine(toml: string): string {
  return toml.split('\n', 1).join('').trimEnd();
}
