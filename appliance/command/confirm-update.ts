import { setTimeout as wait } from 'node:timers/promises';

import { askAppliance } from '../panel/ask.js';
import { checkName, faultIn } from '../health/check.js';
import { err, ok, type Result } from '../result.js';
import { dropNote, readNote, writeNote } from '../update/note.js';
import { giveUpRunning, keepRunning } from '../update/rauc.js';
import { runningVersion } from '../update/running.js';
import type { Version } from '../update/version.js';

/** What became of a version on trial. */
export type Confirmed =
  /** Nothing was on trial, or the box is back in its old version already. */
  { readonly is: 'nothing' } | { readonly is: 'kept'; readonly version: Version };

/** Why a version is not kept: the box has to start again, in its old one. */
export type NotKept = { readonly version: Version; readonly fault: string };

/** Milliseconds: how long a clerk's visit, or an appliance that is not there yet, is waited for; and how often. */
const patience = 15 * 60_000;
const again = 5000;

/**
 * Has the running appliance test itself where its version is on trial, and keeps that version if it passed. Whoever
 * gets an error restarts the box, which then starts its old slot, as it does when nothing marks the new one good.
 */
export async function confirm(panelSocket: string, within = patience): Promise<Result<Confirmed, NotKept>> {
  const version = await runningVersion();
  if ((await readNote())?.version !== version) return ok({ is: 'nothing' });
  const fault = await faultOf(panelSocket, performance.now() + within);
  if (fault === undefined && (await keepRunning())) {
    await dropNote();
    return ok({ is: 'kept', version });
  }
  await writeNote({ is: 'returned', version, why: 'self-test-failed' });
  await giveUpRunning();
  return err({ version, fault: fault ?? 'mark-good' });
}

/** What stands against the version; what was not looked at counts as failed. */
async function faultOf(panelSocket: string, deadline: number): Promise<string | undefined> {
  for (;;) {
    const answer = await askAppliance(panelSocket, () => undefined);
    if (answer.is === 'tested') {
      const missed = answer.checks.length < checkName.options.length ? 'not-made' : undefined;
      return faultIn(answer.checks) ?? missed;
    }
    if (performance.now() + again > deadline) return answer.is;
    await wait(again);
  }
}
