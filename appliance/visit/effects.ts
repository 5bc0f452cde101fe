import { fromCallback, type EventObject } from 'xstate';

import type { NotSet } from '../clock/clock.js';
import type { Minute } from '../clock/minute.js';
import type { BatterySet } from '../clock/set-protocol.js';
import type { ExportFault } from '../export/protocol.js';
import type { FaultCode, Finding } from '../findings.js';
import type { Checked } from '../health/check.js';
import type { Liveness, VisitReport } from '../record/entry.js';
import type { Result } from '../result.js';
import type { UpdateFault } from '../update/protocol.js';
import type { Comparison, PageKind } from '../protocol/vault.js';
import type { Copied } from './context.js';
import type { Checks, Copying, FromEffect, Guidance, Progress, Updating } from './event.js';

/** A vault's recogniser: its name, the sha256 of its ONNX file, and the decision threshold on its scores. */
export type TakenVault = { readonly model: string; readonly modelHash: string; readonly threshold: number };

/** A picture of one side was taken; one that is not usable has to be taken again. */
export type Taken = {
  readonly usable: boolean;
  readonly findings: readonly Finding[];
  /** Of a photograph with a challenge: what came of it. */
  readonly liveness?: Liveness | undefined;
};

export type RecordFault = Extract<FaultCode, `record-${string}`>;

/** The record's number, `2026-0417`, and the local time of day, `14:32:07`. */
export type Receipt = { readonly number: string; readonly at: string };

export type SelfTested = { readonly checks: readonly Checked[]; readonly stopped: boolean };

/**
 * What the core does for a visit. The visit calls one at a time and aborts `signal` as soon as it no longer waits
 * for the answer; what is told or answered after that is dropped.
 */
export type Effects = {
  /** Makes the warm spare the vault of this visit. Called once a visit, after the visitor agreed. */
  takeVault(signal: AbortSignal): Promise<Result<TakenVault, FaultCode>>;
  scan(
    page: PageKind,
    tell: (news: Progress) => void,
    signal: AbortSignal,
  ): Promise<Result<Taken, FaultCode>>;
  photograph(
    tell: (news: Progress | Guidance) => void,
    signal: AbortSignal,
  ): Promise<Result<Taken, FaultCode>>;
  compare(signal: AbortSignal): Promise<Result<Comparison, FaultCode>>;
  /** Ends the vault, if one was taken, and answers when its processes were seen to be gone. */
  erase(signal: AbortSignal): Promise<Result<undefined, 'erasure-unproven'>>;
  /** Called again after an error. It is never aborted, since a record must not be written twice. */
  writeRecord(report: VisitReport, modelHash: string | undefined): Promise<Result<Receipt, RecordFault>>;
  /** Checks the machine itself, and tells each step. When it answers, every process that it took is gone. */
  selfTest(tell: (news: Checks) => void): Promise<Result<SelfTested, 'erasure-unproven'>>;
  /** Has the self-test under way answer soon; what it then found is not shown. */
  stopSelfTest(): void;
  /** The best guess of the time, from which the clerk sets the clock. */
  guessTime(): Minute;
  /** Sets the clock; `corrected` where the clerk says that the last record had a wrong time. */
  setClock(time: Minute, corrected: boolean): Promise<Result<BatterySet, NotSet>>;
  /** Installs the version that the clerk agreed to. */
  update(
    version: string,
    tell: (news: Updating) => void,
  ): Promise<Result<undefined, UpdateFault | 'cancelled'>>;
  /** Has the update under way answer soon, if nothing of it is written yet. */
  stopUpdate(): void;
  /** Restarts the box into what was installed. */
  restart(): Promise<Result<undefined, UpdateFault>>;
  /** The clerk has read that the box returned to its old version. */
  forgetUpdate(): void;
  /** Copies the records to the stick. */
  copyRecords(tell: (news: Copying) => void): Promise<Result<Copied, ExportFault | 'cancelled'>>;
  /** Has the copying under way answer soon, with nothing of it left on the stick unless it was done just now. */
  stopCopy(): void;
  /** An effect threw, which is a bug: the visit goes on as after a failure, and this is what to log. */
  bug(thrown: unknown): void;
};

export type ClockInput = { readonly time: Minute; readonly corrected: boolean };

export type RecordInput = { readonly report: VisitReport; readonly modelHash: string | undefined };

/** The effects as actors, each of which answers its state with one event. */
export function actorsFor(effects: Effects) {
  const failed = (fault: FaultCode): FromEffect => ({ type: 'failed', fault });
  const thrown = failed('vault-nonsense');

  function task<Input>(
    run: (input: Input, tell: (news: FromEffect) => void, signal: AbortSignal) => Promise<FromEffect>,
    afterBug: FromEffect,
  ) {
    return fromCallback<EventObject, Input>(({ input, sendBack }) => {
      const left = new AbortController();
      const tell = (news: FromEffect): void => {
        sendBack(news);
      };
      void run(input, tell, left.signal)
        .catch((error: unknown) => {
          effects.bug(error);
          return afterBug;
        })
        .then(tell);
      return () => {
        left.abort();
      };
    });
  }

  return {
    takeVault: task<undefined>(async (_none, _tell, signal) => {
      const vault = await effects.takeVault(signal);
      return vault.ok ? { type: 'vault-taken', ...vault.value } : failed(vault.error);
    }, thrown),
    scan: task<PageKind>(async (page, tell, signal) => {
      const taken = await effects.scan(page, tell, signal);
      return taken.ok ? { type: 'picture-taken', ...taken.value } : failed(taken.error);
    }, thrown),
    photograph: task<undefined>(async (_none, tell, signal) => {
      const taken = await effects.photograph(tell, signal);
      return taken.ok ? { type: 'picture-taken', ...taken.value } : failed(taken.error);
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
    selfTest: task<undefined>(
      async (_none, tell) => {
        const tested = await effects.selfTest(tell);
        return tested.ok ? { type: 'tested', ...tested.value } : { type: 'erasure-unproven' };
      },
      { type: 'erasure-unproven' },
    ),
    setClock: task<ClockInput>(
      async ({ time, corrected }) => {
        const set = await effects.setClock(time, corrected);
        return set.ok ? { type: 'clock-set', battery: set.value } : { type: 'clock-not-set', why: set.error };
      },
      { type: 'clock-not-set', why: 'clock-failed' },
    ),
    update: task<string>(
      async (version, tell) => {
        const updated = await effects.update(version, tell);
        if (updated.ok) return { type: 'updated' };
        return updated.error === 'cancelled'
          ? { type: 'update-cancelled' }
          : { type: 'not-updated', why: updated.error };
      },
      { type: 'not-updated', why: 'no-answer' },
    ),
    restart: task<undefined>(
      async () => {
        const restarted = await effects.restart();
        return restarted.ok ? { type: 'leaving' } : { type: 'not-updated', why: restarted.error };
      },
      { type: 'not-updated', why: 'restart-failed' },
    ),
    copyRecords: task<undefined>(
      async (_none, tell) => {
        const copied = await effects.copyRecords(tell);
        if (copied.ok) return { type: 'copied', copied: copied.value };
        return copied.error === 'cancelled'
          ? { type: 'copy-cancelled' }
          : { type: 'not-copied', why: copied.error };
      },
      { type: 'not-copied', why: 'no-answer' },
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
