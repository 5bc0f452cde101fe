import { decideThreshold, type RequestedThreshold } from '../calibration/threshold.js';
import type { Clock } from '../clock/clock.js';
import type { FaultCode, Side } from '../findings.js';
import type { Records, EntryContext } from '../record/records.js';
import { err, ok, type Result } from '../result.js';
import type { Entry } from '../record/entry.js';
import type { InForce } from '../record/in-force.js';
import { comparisonOf } from '../vault-client/comparison.js';
import type { SpareVault } from '../vault-client/spare-vault.js';
import type { Task, TaskEnd, TaskProgress, Vault } from '../vault-client/vault.js';
import type { VisitEffects } from '../visit/effects.js';
import { livenessOf } from '../visit/liveness.js';
import type { Guidance, Picture, Progress, RecordFault } from '../visit/news.js';
import type { DeviceTracker } from './device-tracker.js';
import type { CameraLight } from './camera-light.js';
import type { DeviceChoice } from './devices.js';
import type { DeviceManager } from './device-manager.js';

/** What a visit needs of the appliance. */
export type VisitEquipment = {
  readonly spare: SpareVault;
  readonly clock: Clock;
  readonly cameraLight: CameraLight;
  /** Undefined while the record file cannot be opened; no visit begins then. */
  readonly records: () => Records | undefined;
  readonly entryContext: Omit<EntryContext, 'model'>;
  /** What is in force for the visit that begins now. */
  readonly inForce: () => InForce;
  readonly resolution: number;
  readonly threshold: RequestedThreshold;
  /** Whether a photograph includes a liveness challenge. */
  readonly challenge: boolean;
  readonly devices: DeviceManager;
};

/** What a visit reports to the core. */
export type VisitListener = {
  readonly vaultLost: (fault: FaultCode) => void;
  readonly erased: () => void;
  /** The record says that a visit has begun, and under which settings. */
  readonly begun: () => void;
  readonly recorded: (entry: Entry) => void;
};

/** The effects of visits, on the vault, the devices and the record file. Each visit has a vault of its own. */
export function visitEffects(equipment: VisitEquipment, listener: VisitListener): VisitEffects {
  let vault: Vault | undefined;
  /** Whether the record of the visit under way has begun, or why not. */
  let begun: Promise<Result<undefined, RecordFault>> | undefined;

  const beginRecord = async (practice: boolean): Promise<Result<undefined, RecordFault>> => {
    const records = equipment.records();
    if (!records) return err('record-failed');
    await equipment.clock.refresh();
    const written = await records.begin(equipment.inForce(), practice, equipment.entryContext);
    if (!written.ok) return written;
    listener.begun();
    return ok();
  };

  /** A beginning that failed is written before the end, so that no visit has an end alone. */
  const begunOrAgain = async (practice: boolean): Promise<Result<undefined, RecordFault>> => {
    const first = await begun;
    if (first?.ok) return first;
    begun = beginRecord(practice);
    return begun;
  };

  const run = async (
    task: Task,
    signal: AbortSignal,
    news?: (news: TaskProgress) => void,
  ): Promise<Result<TaskEnd, FaultCode>> => (vault ? vault.run(task, news, signal) : err('vault-died'));

  /** Runs a task with the device in use. After a fault of the device it is probed before the next visit. */
  const runWith = async <C extends DeviceChoice>(
    device: DeviceTracker<C>,
    task: (device: C) => Task,
    signal: AbortSignal,
    news: (news: TaskProgress) => void,
  ): Promise<Result<TaskEnd, FaultCode>> => {
    const { kind, selected } = device;
    if (!selected) return err(`${kind}-missing` as const);
    const end = await device.use(() => run(task(selected), signal, news));
    if (!end.ok && end.error.startsWith(kind)) device.invalidate();
    return end;
  };

  return {
    begin(practice) {
      begun = beginRecord(practice);
      return begun;
    },

    async takeVault(signal) {
      const taken = await equipment.spare.take(signal);
      if (!taken.ok) return taken;
      // The visit was cancelled meanwhile, and the vault is still the spare.
      if (signal.aborted) return err('vault-died');
      vault = taken.value;
      void vault.lost.then(listener.vaultLost);
      const { model, modelHash, bounds, threshold: advised } = vault.recogniser;
      const threshold = decideThreshold(equipment.threshold, advised, bounds);
      return threshold.ok ? ok({ model, modelHash, threshold: threshold.value }) : threshold;
    },

    async scan(page, notify, signal) {
      const { resolution } = equipment;
      return pictureFrom(
        'document',
        await runWith(
          equipment.devices.scanner,
          (scanner) => ({ do: 'scan', page, scanner, resolution }),
          signal,
          (news) => {
            if (news.is === 'progress') notify(progressOf(news));
            if (news.is === 'waiting') notify({ type: 'waiting', why: news.why });
          },
        ),
      );
    },

    async photograph(notify, signal) {
      const { challenge } = equipment;
      const light = await equipment.cameraLight.acquire();
      if (!light.ok) return light;
      const photographed = runWith(
        equipment.devices.camera,
        (camera) => ({ do: 'photograph', camera, challenge }),
        signal,
        (news) => {
          if (news.is !== 'waiting') notify(eventFrom(news));
        },
      );
      const end = await Promise.race([photographed, light.value.lost]);
      // The fault ends the vault and with it the camera, faster than cancelling the task would.
      if (end === 'light-failed') return err(end);
      // A live vault replies after closing its camera; for a dead one only erasure confirms that.
      if (end.ok || !end.error.startsWith('vault-')) light.value.release();
      return pictureFrom('probe', end);
    },

    async compare(signal) {
      const compared = await run({ do: 'compare' }, signal);
      if (!compared.ok) return compared;
      if (!vault || compared.value.is !== 'compared') return err('vault-nonsense');
      return ok(comparisonOf(vault.recogniser, compared.value.similarity));
    },

    async erase() {
      const erased = (await vault?.erase()) ?? ok();
      if (erased.ok) {
        vault = undefined;
        equipment.cameraLight.releaseAll();
        listener.erased();
      }
      return erased;
    },

    async writeRecord(report, modelHash) {
      const records = equipment.records();
      if (!records) return err('record-failed');
      const beginning = await begunOrAgain(report.practice);
      if (!beginning.ok) return beginning;
      await equipment.clock.refresh();
      const model = modelHash === undefined ? {} : { model: modelHash };
      const entry = await records.append(report, { ...equipment.entryContext, ...model });
      if (!entry.ok) return entry;
      begun = undefined;
      listener.recorded(entry.value);
      return ok({ number: entry.value.number, at: entry.value.endedAt.slice(11, 19) });
    },
  };
}

function pictureFrom(side: Side, end: Result<TaskEnd, FaultCode>): Result<Picture, FaultCode> {
  if (!end.ok) return end;
  if (end.value.is !== 'taken') return err('vault-nonsense');
  const { usable, findings, cues } = end.value;
  return ok({
    usable,
    findings: findings.map((finding) => ({ side, ...finding })),
    ...(cues ? { liveness: livenessOf(cues) } : {}),
  });
}

function eventFrom(news: Exclude<TaskProgress, { is: 'waiting' }>): Progress | Guidance {
  if (news.is === 'progress') return progressOf(news);
  return { type: 'guidance', instruction: news.instruction, outline: news.outline };
}

function progressOf({ percent }: Extract<TaskProgress, { is: 'progress' }>): Progress {
  return { type: 'progress', fraction: percent / 100 };
}
