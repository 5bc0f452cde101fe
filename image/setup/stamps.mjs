import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One name for any number of texts or bytes. */
export function hashOf(...parts) {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex');
}

/** Whether a step was done before, from the very same things. */
export function isStamped(stamp, key) {
  try {
    return readFileSync(stamp, 'utf8') === key;
  } catch {
    return false;
  }
}

/** Notes that a step is done; the last thing it does, so that a step that was interrupted is done again. */
export function putStamp(stamp, key) {
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(`${stamp}.unfinished`, key);
  renameSync(`${stamp}.unfinished`, stamp);
}
