import type { FaultCode } from '../findings.js';
import { type BugListener, tasks } from '../procedure/task.js';
import type { Comparison, PageKind } from '../protocol/vault.js';
import type { VisitReport } from '../record/entry.js';
import type { Result } from '../result.js';
import type { FromEffect } from './event.js';
import type { Guidance, Picture, Progress, Receipt, Recogniser, RecordFault, Waiting } from './news.js';

/**
 * What the core does for a visit. The visit calls one effect at a time, aborts `signal` when it leaves the state, and
 * ignores whatever the effect reports or answers after that.
 */
export type VisitEffects = {
  /** Records that the visit begins. Never aborted: the visit has its number from then on, and its end is recorded. */
  begin(practice: boolean): Promise<Result<undefined, RecordFault>>;
  /** Makes the warm spare the vault of this visit. Called once a visit, after the visitor agreed. */
  takeVault(signal: AbortSignal): Promise<Result<Recogniser, FaultCode>>;
  scan(
    page: PageKind,
    notify: (news: Progress | Waiting) => void,
    signal: AbortSignal,
  ): Promise<Result<Picture, FaultCode>>;
  photograph(
    notify: (news: Progress | Guidance) => void,
    signal: AbortSignal,
  ): Promise<Result<Picture, FaultCode>>;
  compare(signal: AbortSignal): Promise<Result<Comparison, FaultCode>>;
  /** Ends the vault, if one was taken. Resolves once its processes are proven to be gone. */
  erase(signal: AbortSignal): Promise<Result<undefined, 'erasure-unproven'>>;
  /** Called again after an error. Never aborted, since a record must not be written twice. */
  writeRecord(report: VisitReport, modelHash: string | undefined): Promise<Result<Receipt, RecordFault>>;
};

type RecordInput = { readonly report: VisitReport; readonly modelHash: string | undefined };

/** The effects as actors, each of which ends with one event. */
export function actorsFor(effects: VisitEffects & BugListener) {
  const task = tasks<FromEffect>(effects);
  const failed = (fault: FaultCode): FromEffect => ({ type: 'failed', fault });
  const thrown = failed('vault-nonsense');

  return {
    begin: task<boolean>(async (practice) => {
      const begun = await effects.begin(practice);
      return begun.ok ? { type: 'begun' } : failed(begun.error);
    }, failed('record-failed')),
    takeVault: task<undefined>(async (_none, _tell, signal) => {
      const vault = await effects.takeVault(signal);
      return vault.ok ? { type: 'vault-taken', ...vault.value } : failed(vault.error);
    }, thrown),
    scan: task<PageKind>(async (page, notify, signal) => {
      const picture = await effects.scan(page, notify, signal);
      return picture.ok ? { type: 'picture-taken', ...picture.value } : failed(picture.error);
    }, thrown),
    photograph: task<undefined>(async (_none, notify, signal) => {
      const picture = await effects.photograph(notify, signal);
      return picture.ok ? { type: 'picture-taken', ...picture.value } : failed(picture.error);
    }, thrown),
    compare: task<undefined>(async (_none, _tell, signal) => {
      const compared = await effects.compare(signal);
      return compared.ok ? { type: 'compared', comparison: compared.value } : failed(compared.error);
    }, thrown),
    erase: task<undefined>(
      async (_none, _tell, signal) => {
        const erased = await effects.erase(signal);
        return { type: erased.ok ? 'erasure-proven' : 'erasure-unproven' };
      },
      { type: 'erasure-unproven' },
    ),
    writeRecord: task<RecordInput>(
      async ({ report, modelHash }) => {
        const receipt = await effects.writeRecord(report, modelHash);
        return receipt.ok
          ? { type: 'recorded', ...receipt.value }
          : { type: 'not-recorded', fault: receipt.error };
      },
      { type: 'not-recorded', fault: 'record-failed' },
    ),
  };
}
