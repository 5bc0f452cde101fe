import { statSync } from 'node:fs';

/** No part of this was there before November 2026, whatever an archive made of the files' dates. */
const earliest = Date.UTC(2026, 10, 1);

/** When this software was built, by the date of this very file, in milliseconds since 1970. */
export function builtAt(): number {
  return Math.max(earliest, Math.floor(statSync(import.meta.filename).mtimeMs));
}
