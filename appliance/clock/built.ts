import { statSync } from 'node:fs';

/** Lower limit, in case an archive reset the file's date: no part of this software is older. */
const earliest = Date.UTC(2026, 10, 1);

/** When this software was built, in milliseconds since 1970: the modification time of this file. */
export function builtAt(): number {
  return Math.max(earliest, Math.floor(statSync(import.meta.filename).mtimeMs));
}
