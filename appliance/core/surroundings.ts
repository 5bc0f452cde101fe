import type { FaultCode } from '../findings.js';
import type { View } from '../panel/view.js';
import type { DeviceKind } from '../protocol/vault.js';
import type { CameraLight } from './camera-light.js';
import type { Countdown } from './countdown.js';
import type { DeviceManager } from './device-manager.js';
import type { Health } from './health.js';
import type { ApplianceOptions } from './options.js';
import type { Surroundings } from './present.js';
import type { RecordFile } from './record-file.js';

type ShownParts = {
  readonly devices: DeviceManager;
  readonly cameraLight: CameraLight;
  readonly records: RecordFile;
  readonly health: Health;
  readonly countdown: Countdown;
};

/**
 * What a view shows besides the visit.
 *
 * @param fault why no visit can begin, if none can
 */
export function surroundings(
  { settings, settingsProblems, settingsLine }: ApplianceOptions,
  { devices, cameraLight, records, health, countdown }: ShownParts,
  fault: FaultCode | undefined,
): Omit<Surroundings, 'language'> {
  const { municipality, counter, support } = settings.place;
  const ifDeclined = settings.visit['if-declined'];
  const awaited = fault && devices.awaitedFor(fault);
  const state = (kind: DeviceKind): View['scanner'] =>
    fault?.startsWith(kind) ? 'missing' : devices[kind].state;
  return {
    municipality,
    counter,
    camera: state('camera'),
    scanner: state('scanner'),
    cameraLight: cameraLight.isRequested,
    ...(awaited === undefined ? {} : { awaited }),
    ...(support === '' ? {} : { support }),
    ...(ifDeclined === '' ? {} : { ifDeclined }),
    settingsProblems,
    settingsLine,
    tornRecords: records.records?.torn ?? 0,
    ...(records.records?.interrupted === undefined ? {} : { interrupted: records.records.interrupted }),
    warnings: health.warnings,
    ...countdown.shown,
  };
}
