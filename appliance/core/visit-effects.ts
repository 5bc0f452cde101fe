import { decideThreshold, type ThresholdAsked } from '../calibration/threshold.js';
import type { Clock } from '../clock/clock.js';
import { dateOf, minuteOf } from '../clock/minute.js';
import type { FaultCode } from '../findings.js';
import type { Records, Surroundings } from '../record/records.js';
import { err, ok, type Result } from '../result.js';
import type { Entry } from '../record/entry.js';
import type { Spare } from '../vault-client/spare.js';
import type { Task, TaskEnd, TaskNews, Vault } from '../vault-client/vault.js';
import type { Effects, Taken } from '../visit/effects.js';
import type { Guidance, Progress } from '../visit/event.js';
import { livenessOf } from '../visit/liveness.js';
import type { Attached } from './attached.js';
import type { CameraLight } from './camera-light.js';
import type { ClockWatch } from './clock-watch.js';
import type { Choice } from './devices.js';
import type { Health } from './health.js';
import type { RecordsCopy } from './records-copy.js';
import type { DeviceManager } from './device-manager.js';
import type { UpdateWatch } from './update-watch.js';

/** What the visits of this appliance are made with. */
export type Equipment = {
  readonly spare: Spare;
  readonly clock: Clock;
  readonly cameraLight: CameraLight;
  readonly clockWatch: ClockWatch;
  readonly updates: UpdateWatch;
  readonly recordsCopy: RecordsCopy;
  /** Absent while the record file cannot be opened; no visit begins then. */
  readonly records: () => Records | undefined;
  readonly surroundings: Omit<Surroundings, 'model'>;
  readonly resolution: number;
  readonly threshold: ThresholdAsked;
  /** Whether a photograph comes with a challenge. */
  readonly challenge: boolean;
  readonly supply: DeviceManager;
  readonly health: Health;
};

/** What the core wants to hear of a visit, besides what the visit itself is told. */
export type Listener = {
  readonly vaultLost: (fault: FaultCode) => void;
  readonly selfTested: () => void;
  readonly erased: () => void;
  readonly recorded: (entry: Entry) => void;
  readonly bug: (thrown: unknown) => void;
};

/** Carries out what the visit asks for: with one vault a visit, and with the record file. */
export function visitEffects(equipment: Equipment, listener: Listener): Effects {
  let vault: Vault | undefined;

  const run = async (
    task: Task,
    signal: AbortSignal,
    news?: (news: TaskNews) => void,
  ): Promise<Result<TaskEnd, FaultCode>> => (vault ? vault.run(task, news, signal) : err('vault-died'));

  /** Runs a task with the device that serves; one that failed is looked for again before the next visit. */
  const runWith = async <C extends Choice>(
    device: Attached<C>,
    task: (device: C) => Task,
    signal: AbortSignal,
    news: (news: TaskNews) => void,
  ): Promise<Result<TaskEnd, FaultCode>> => {
    const { kind, serving } = device;
    if (!serving) return err(`${kind}-missing` as const);
    const end = await device.use(() => run(task(serving), signal, news));
    if (!end.ok && end.error.startsWith(kind)) device.doubt();
    return end;
  };

  return {
    async takeVault(signal) {
      const taken = await equipment.spare.take(signal);
      if (!taken.ok) return taken;
      // It stayed the spare: whoever asked for it has left.
      if (signal.aborted) return err('vault-died');
      vault = taken.value;
      void vault.lost.then(listener.vaultLost);
      const { model, modelHash, bounds, threshold: advised } = vault.recogniser;
      const threshold = decideThreshold(equipment.threshold, advised, bounds);
      return threshold.ok ? ok({ model, modelHash, threshold: threshold.value }) : threshold;
    },

    async scan(page, tell, signal) {
      const { resolution } = equipment;
      return taken(
        await runWith(
          equipment.supply.scanner,
          (scanner) => ({ do: 'scan', page, scanner, resolution }),
          signal,
          (news) => {
            if (news.is === 'progress') tell({ type: 'progress', fraction: news.fraction });
          },
        ),
      );
    },

    async photograph(tell, signal) {
      const { challenge } = equipment;
      const light = await equipment.cameraLight.raise();
      if (!light.ok) return light;
      const photographed = runWith(
        equipment.supply.camera,
        (camera) => ({ do: 'photograph', camera, challenge }),
        signal,
        (news) => tell(told(news)),
      );
      const end = await Promise.race([photographed, light.value.lost]);
      // The fault ends the vault and its camera with it, faster than a task can be cancelled.
      if (end === 'light-failed') return err(end);
      // A vault answers once its camera is closed; of one that is lost only the erasure knows that.
      if (end.ok || !end.error.startsWith('vault-')) light.value.release();
      return taken(end);
    },

    async compare(signal) {
      const compared = await run({ do: 'compare' }, signal);
      if (!compared.ok) return compared;
      return compared.value.is === 'compared' ? ok(compared.value.comparison) : err('vault-nonsense');
    },

    async erase() {
      const erased = (await vault?.erase()) ?? ok();
      if (erased.ok) {
        vault = undefined;
        equipment.cameraLight.lower();
        listener.erased();
      }
      return erased;
    },

    async writeRecord(report, modelHash) {
      const records = equipment.records();
      if (!records) return err('record-failed');
      await equipment.clock.look();
      const model = modelHash === undefined ? {} : { model: modelHash };
      const entry = await records.append(report, { ...equipment.surroundings, ...model });
      if (!entry.ok) return entry;
      listener.recorded(entry.value);
      return ok({ number: entry.value.number, at: entry.value.endedAt.slice(11, 19) });
    },

    async selfTest(tell) {
      const tested = await equipment.health.selfTest(tell);
      if (tested.ok) listener.selfTested();
      return tested;
    },

    stopSelfTest: () => equipment.health.stopSelfTest(),

    guessTime: () => minuteOf(new Date(equipment.clock.guess(equipment.records()?.lastAt))),

    async setClock(time, corrected) {
      const instant = dateOf(time).getTime();
      const set = await equipment.clock.set(instant, equipment.records()?.trustedAt, corrected);
      if (set.ok) await equipment.clockWatch.look();
      return set;
    },

    update: (version, tell) => equipment.updates.install(version, tell),
    stopUpdate: () => equipment.updates.stop(),
    restart: () => equipment.updates.restart(),
    forgetUpdate: () => equipment.updates.forget(),

    copyRecords: (tell) => equipment.recordsCopy.copy(tell),
    stopCopy: () => equipment.recordsCopy.stop(),

    bug: listener.bug,
  };
}

function taken(end: Result<TaskEnd, FaultCode>): Result<Taken, FaultCode> {
  if (!end.ok) return end;
  if (end.value.is !== 'taken') return err('vault-nonsense');
  const { usable, findings, cues } = end.value;
  return ok({ usable, findings, ...(cues ? { liveness: livenessOf(cues) } : {}) });
}

function told(news: TaskNews): Progress | Guidance {
  if (news.is === 'progress') return { type: 'progress', fraction: news.fraction };
  return { type: 'guidance', instruction: news.instruction, outline: news.outline };
}
