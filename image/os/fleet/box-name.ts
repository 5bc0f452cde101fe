/** What Windows takes for a device, whatever follows its first dot ("Naming Files, Paths, and Namespaces", Microsoft). */
const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** What no name of a file has on Windows (the same page), and the slash everywhere. */
const forbidden = /[<>:"/\\|?*]/;

/**
 * The name of a box: what its screen shows at the top. It names the box's folder too.
 *
 * @returns the character or name because of which no folder can have this name
 */
export function unfitForFolder(municipality: string, counter: string): string | undefined {
  const name = boxName(municipality, counter);
  const character = forbidden.exec(name)?.[0];
  if (character !== undefined) return character;
  const [beforeDot] = name.split('.');
  if (reserved.test(beforeDot.trim())) return beforeDot.trim();
  return /^[. ]|[. ]$/.exec(name)?.[0];
}

export function boxName(municipality: string, counter: string): string {
  return `${municipality} ${counter}`;
}

/** Equal for names that file systems or people take for the same: Windows ignores case, macOS composes characters. */
export function sameName(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ');
}
