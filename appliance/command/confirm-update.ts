import { setTimeout as wait } from 'node:timers/promises';

import { askAppliance } from '../panel/ask.js';
import { checkName, faultIn } from '../health/check.js';
import { err, ok, type Result } from '../result.js';
import { deleteNote, readNote, writeNote } from '../update/note.js';
import { rejectRunning, keepRunning } from '../update/rauc.js';
import { runningVersion } from '../update/running.js';
import type { Version } from '../update/version.js';

/** What became of the version on trial. */
export type Confirmed =
  | { readonly is: 'kept'; readonly version: Version }
  /** No version is on trial, or the box has returned to its old one already. */
  | { readonly is: 'nothing' };

/** Why the version is rejected. The caller has to restart the box into its old one. */
export type NotKept = { readonly version: Version; readonly fault: string };

/** Wait this long for an appliance that is still starting, or busy with a visit. */
const timeoutMs = 15 * 60_000;
const retryAfterMs = 5000;

/**
 * If the running version is on trial, asks the appliance for its self-test, and keeps the version if that passes.
 * After an error the caller must restart the box. It then starts its old slot, as it would if nothing had ever
 * marked the new one good.
 */
export async function confirmUpdate(socket: string, within = timeoutMs): Promise<Result<Confirmed, NotKept>> {
  const version = await runningVersion();
  if ((await readNote())?.version !== version) return ok({ is: 'nothing' });
  const fault = await faultOf(socket, performance.now() + within);
  if (fault === undefined && (await keepRunning())) {
    await deleteNote();
    return ok({ is: 'kept', version });
  }
  await writeNote({ is: 'returned', version, why: 'self-test-failed' });
  await rejectRunning();
  return err({ version, fault: fault ?? 'mark-good' });
}

/** Why the version must not be kept. A check that was not made counts as failed. */
async function faultOf(socket: string, deadline: number): Promise<string | undefined> {
  for (;;) {
    const answer = await askAppliance(socket, () => undefined);
    if (answer.is === 'tested') {
      const skipped = answer.checks.length < checkName.options.length ? 'not-made' : undefined;
      return faultIn(answer.checks) ?? skipped;
    }
    if (performance.now() + retryAfterMs > deadline) return answer.is;
    await wait(retryAfterMs);
  }
}
