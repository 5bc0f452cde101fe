/** What fits on a line of the screen. */
const maxCharacters = 80;

/** A device's own name, without control characters, which would reach the terminal. */
export function labelOf(name: string): string {
  return name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, maxCharacters);
}
