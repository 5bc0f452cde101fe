import type { Trust } from '../clock/trust.js';
import type { FaultCode } from '../findings.js';
import { ok, type Result } from '../result.js';
import type { CameraChoice, CustomModel, ScannerChoice, ScannerWait } from '../protocol/vault.js';
import { cameraInUse, judgeCamera, type Pixels } from './camera.js';
import { type Checked, checkName, type CheckName } from './check.js';
import { checkCalibration } from './calibration.js';
import { checkClock } from './clock.js';
import { checkDisk } from './disk.js';
import { checkLights, type LightsKnown } from './lights.js';
import { checkMemory } from './memory.js';
import { checkModels } from './models.js';
import { checkPlugs } from './plugs.js';
import { checkRecords } from './records.js';
import { judgeScanner, scannerInUse } from './scanner.js';
import { checkScannerFirmware } from './scanner-firmware.js';
import { checkSettings, type SettingsState } from './settings.js';
import { SelfTestVault } from './self-test-vault.js';
import { checkSwap } from './swap.js';
import { checkTemperature } from './temperature.js';
import { checkThrottling } from './throttling.js';

/** The machine to test. A device is missing here while a visit uses it. */
export type Machine = {
  readonly customModel: CustomModel;
  readonly recordFile: string;
  /** Whether a TPM counts the records; a computer that is no running box has none. */
  readonly tpm: () => 'counts' | 'silent' | 'none';
  /** A box at a counter, which has stricter requirements than a computer for practice. */
  readonly onBox: boolean;
  readonly lights: () => LightsKnown;
  readonly clock: () => Promise<Trust>;
  readonly settings: () => SettingsState;
  /** Whether udev reports hot-plugging. */
  readonly udevLive: () => boolean;
  /** Dots per inch. */
  readonly resolution: number;
  /** The camera of the next visit, and its largest picture if known. */
  readonly camera?: () => Promise<
    Result<{ readonly choice: CameraChoice; readonly largest?: Pixels | undefined }, FaultCode>
  >;
  readonly scanner?: () => Promise<Result<ScannerChoice, FaultCode>>;
  /** Runs `work` with the camera light lit. Fails if the settings require the light and it is not lit or goes out. */
  readonly withCameraLight: <T>(
    work: (failed: AbortSignal) => Promise<Result<T, FaultCode>>,
  ) => Promise<Result<T, FaultCode>>;
};

/** The checks that take no time and no device. */
export async function quickChecks(machine: Machine): Promise<Checked[]> {
  const checks = await Promise.all([
    checkDisk(machine.recordFile),
    checkMemory(),
    checkSwap(machine.onBox),
    machine.clock().then(checkClock),
    checkTemperature(),
    checkThrottling(),
    checkScannerFirmware(),
  ]);
  return [
    ...checks,
    checkSettings(machine.settings()),
    checkPlugs(machine.udevLive(), machine.onBox),
    checkLights(machine.lights()),
    // Last, since the screen shows the first warning, and this one stays for long.
    checkCalibration(machine.customModel),
  ];
}

/**
 * Receives the progress of a self-test: the results so far, in display order, the check that runs now, and what it waits
 * for.
 */
export type OnProgress = (checks: readonly Checked[], now?: CheckName, waiting?: ScannerWait) => void;

/**
 * Makes all checks, those of devices and models in a separate vault, which is erased before this returns.
 *
 * @param signal stops the test, which then returns the results so far
 * @returns `erasure-unproven` if the vault could not be proven gone
 */
export async function selfTest(
  machine: Machine,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<Result<readonly Checked[], 'erasure-unproven'>> {
  const vault = new SelfTestVault(machine.customModel);
  const steps: readonly (readonly [CheckName, () => Promise<readonly Checked[]>])[] = [
    ['memory', () => quickChecks(machine)],
    ['records', async () => [await checkRecords(machine.recordFile, machine.tpm())]],
    ['models', async () => [checkModels(await vault.start())]],
    ['camera', async () => testCamera(vault, machine, signal)],
    ['scanner', async () => testScanner(vault, machine, signal, waits)],
  ];
  let checks: readonly Checked[] = [];
  const waits = (why: ScannerWait | undefined) => onProgress(checks, 'scanner', why);
  for (const [now, make] of steps) {
    if (signal.aborted) break;
    onProgress(checks, now);
    checks = [...checks, ...(await make())].toSorted((one, other) => rank(one) - rank(other));
  }
  const erased = await vault.erase();
  onProgress(checks);
  return erased.ok ? ok(checks) : erased;
}

function rank({ check }: Checked): number {
  return checkName.options.indexOf(check);
}

async function testCamera(
  vault: SelfTestVault,
  machine: Machine,
  signal: AbortSignal,
): Promise<readonly Checked[]> {
  if (!machine.camera) return cameraInUse();
  const attached = await machine.camera();
  if (!attached.ok) return judgeCamera(attached, false);
  const { choice, largest } = attached.value;
  const seen = await machine.withCameraLight((failed) =>
    vault.checkCamera(choice, AbortSignal.any([signal, failed])),
  );
  return signal.aborted ? [] : judgeCamera(seen, choice.kind === 'replay', largest);
}

async function testScanner(
  vault: SelfTestVault,
  machine: Machine,
  signal: AbortSignal,
  waits: (why: ScannerWait | undefined) => void,
): Promise<readonly Checked[]> {
  if (!machine.scanner) return scannerInUse();
  const attached = await machine.scanner();
  if (!attached.ok) return judgeScanner(attached, false);
  const seen = await vault.checkScanner(attached.value, machine.resolution, signal, waits);
  return signal.aborted ? [] : judgeScanner(seen, attached.value.kind === 'bench');
}
