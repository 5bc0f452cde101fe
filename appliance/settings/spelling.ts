/**
 * A name or value as a person reads it: without regard to capitals, full-width letters, accents, and whatever is neither
 * letter nor digit (Unicode's compatibility decomposition, UAX 15).
 */
export function plain(written: string): string {
  return written
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]|ー/gu, '');
}

/** Edit distance: insertions, deletions, substitutions, and neighbours that changed places (Damerau 1964). */
export function slips(one: string, other: string): number {
  const letters = Array.from(one);
  let [before, row] = [[] as number[], Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (const [index, letter] of letters.entries()) {
    const above = row;
    row = [index + 1];
    for (let column = 1; column <= other.length; column++) {
      const changed = above[column - 1] + (letter === other[column - 1] ? 0 : 1);
      const swapped = letter === other[column - 2] && letters[index - 1] === other[column - 1];
      const least = Math.min(changed, above[column] + 1, row[column - 1] + 1);
      row.push(swapped ? Math.min(least, before[column - 2] + 1) : least);
    }
    before = above;
  }
  return row[other.length];
}

/** How many slips still leave a name recognisable. */
export function slipsAllowed(name: string): number {
  return Math.min(2, name.length / 3);
}

/** Longer names are no typos, and slow to compare. */
export const longestTypo = 30;
