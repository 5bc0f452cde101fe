import { join } from 'node:path';

import type { Machine } from '../health/self-test.js';
import { installation } from '../installation.js';
import type { CustomModel, ScannerChoice } from '../protocol/vault.js';
import { ok } from '../result.js';
import { undrawableIn } from '../settings/undrawable.js';
import type { CameraLight } from './camera-light.js';
import type { ClockWatch } from './clock-watch.js';
import type { DeviceManager } from './device-manager.js';
import { onBox } from './health.js';
import type { ApplianceOptions } from './options.js';
import type { RecordFile } from './record-file.js';

export type TestedParts = {
  /** The model that a vault loads now. */
  readonly model: () => CustomModel;
  readonly devices: DeviceManager;
  readonly records: RecordFile;
  readonly cameraLight: CameraLight;
  readonly clockWatch: ClockWatch;
  /** Whether udev reports what is plugged in and unplugged just now. */
  readonly udevLive: () => boolean;
};

/** This appliance as its self-test sees it. */
export function selfTestMachine(
  { recordFile, settings, settingsProblems, settingsLine, settingsKept }: ApplianceOptions,
  { model, devices, records, cameraLight, clockWatch, udevLive }: TestedParts,
): Machine {
  return {
    get customModel() {
      return model();
    },
    recordFile,
    tpm: () => records.tpm,
    onBox,
    resolution: settings.devices.resolution,
    lights: () => (settings.panel.lights === 'off' ? 'off' : cameraLight.status),
    clock: () => clockWatch.check(),
    settings: () => ({
      problems: settingsProblems,
      line: settingsLine,
      kept: settingsKept,
      drawable: undrawableIn(settings).length === 0,
    }),
    udevLive: udevLive,
    camera: () => devices.reselectCamera(),
    scanner: async () => {
      const scanner = await devices.scanner.reselect();
      return scanner.ok ? ok(withEmptyGlass(scanner.value)) : scanner;
    },
    withCameraLight: (work) => cameraLight.whileLit(work),
  };
}

/** A self-test asks for an empty glass, so it takes the practice card off the pseudo-scanner. */
function withEmptyGlass(scanner: ScannerChoice): ScannerChoice {
  const practice = (name: string) => join(installation.practice, name);
  if (scanner.kind !== 'bench' || scanner.picture !== practice('card.png')) return scanner;
  return { kind: 'bench', picture: practice('blank.png') };
}
