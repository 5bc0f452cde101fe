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

/** Without a last line of which a power cut may have left half of what switches a protection off. */
export function withoutHalfValue(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes).toString('latin1').replace(/\0+$/, '');
  const begins = text.lastIndexOf('\n') + 1;
  const value = /=\s*(.*)$/.exec(text.slice(begins))?.[1];
  const isHalf = value !== undefined && ['"off"', 'false'].some((whole) => whole.startsWith(value));
  return isHalf ? bytes.subarray(0, begins) : bytes;
}

/** Number of the last line that is not blank, from 1. */
export function lastLine(toml: string): number {
  return toml.trimEnd().split('\n').length;
}

function firstLine(toml: string): string {
  return toml.split('\n', 1).join('').trimEnd();
}
