/** In characters: as much of a device's name as a line of the screen has room for. */
const longest = 80;

/** What a device calls itself, fit for a screen. It may be anything; control characters would reach a terminal. */
export function labelOf(name: string): string {
  return name
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);
}
