import type { Trust } from '../clock/trust.js';
import type { FaultCode } from '../findings.js';
import { ok, type Result } from '../result.js';
import type { CameraChoice, OwnModel, ScannerChoice } from '../protocol/vault.js';
import { cameraInUse, judgeCamera, type Pixels } from './camera.js';
import { type Checked, checkName, type CheckName } from './check.js';
import { checkClock } from './clock.js';
import { checkDisk } from './disk.js';
import { Hand } from './hand.js';
import { checkLights, type LightsKnown } from './lights.js';
import { checkMemory } from './memory.js';
import { checkModels } from './models.js';
import { checkPlugs } from './plugs.js';
import { checkRecords } from './records.js';
import { judgeScanner, scannerInUse } from './scanner.js';
import { checkSettings, type SettingsKnown } from './settings.js';
import { checkSwap } from './swap.js';
import { checkTemperature } from './temperature.js';
import { checkThrottling } from './throttling.js';

/** The machine that is tested. A device is left out while a visit has it. */
export type Machine = {
  readonly own: OwnModel;
  readonly recordFile: string;
  /** A box at a counter, where more is asked for than of a computer to practise on. */
  readonly onBox: boolean;
  readonly lights: () => LightsKnown;
  readonly clock: () => Promise<Trust>;
  readonly settings: () => SettingsKnown;
  /** Whether udev tells what is plugged in and unplugged. */
  readonly plugsTold: () => boolean;
  /** Dots per inch. */
  readonly resolution: number;
  /** The camera of the next visit, and the largest picture that it takes where that is known. */
  readonly camera?: () => Promise<
    Result<{ readonly choice: CameraChoice; readonly largest?: Pixels | undefined }, FaultCode>
  >;
  readonly scanner?: () => Promise<Result<ScannerChoice, FaultCode>>;
  /** Does something while the camera light is lit, if it can be lit as the settings ask; it may fail meanwhile. */
  readonly lit: <T>(
    work: (failed: AbortSignal) => Promise<Result<T, FaultCode>>,
  ) => Promise<Result<T, FaultCode>>;
};

/** What can be checked in a moment and without a device. */
export async function quickChecks(machine: Machine): Promise<Checked[]> {
  const checks = await Promise.all([
    checkDisk(machine.recordFile),
    checkMemory(),
    checkSwap(machine.onBox),
    machine.clock().then(checkClock),
    checkTemperature(),
    checkThrottling(),
  ]);
  return [
    ...checks,
    checkSettings(machine.settings()),
    checkPlugs(machine.plugsTold(), machine.onBox),
    checkLights(machine.lights()),
  ];
}

/** How far a self-test has come: what was checked, in the order in which it is shown, and what is looked at now. */
export type Told = (checks: readonly Checked[], now?: CheckName) => void;

/**
 * All checks, those with devices in a vault of their own, which is gone when this returns. A test that is stopped
 * answers with what it has; one whose vault was not seen to be gone, with that fault.
 */
export async function selfTest(
  machine: Machine,
  tell: Told,
  signal: AbortSignal,
): Promise<Result<readonly Checked[], 'erasure-unproven'>> {
  const hand = new Hand(machine.own);
  const steps: readonly (readonly [CheckName, () => Promise<readonly Checked[]>])[] = [
    ['memory', () => quickChecks(machine)],
    ['records', async () => [await checkRecords(machine.recordFile)]],
    ['models', async () => [checkModels(await hand.start())]],
    ['camera', async () => testCamera(hand, machine, signal)],
    ['scanner', async () => testScanner(hand, machine, signal)],
  ];
  let checks: readonly Checked[] = [];
  for (const [now, make] of steps) {
    if (signal.aborted) break;
    tell(checks, now);
    checks = [...checks, ...(await make())].toSorted((one, other) => rank(one) - rank(other));
  }
  const erased = await hand.erase();
  tell(checks);
  return erased.ok ? ok(checks) : erased;
}

function rank({ check }: Checked): number {
  return checkName.options.indexOf(check);
}

async function testCamera(hand: Hand, machine: Machine, signal: AbortSignal): Promise<readonly Checked[]> {
  if (!machine.camera) return cameraInUse();
  const attached = await machine.camera();
  if (!attached.ok) return judgeCamera(attached, false);
  const { choice, largest } = attached.value;
  const seen = await machine.lit((failed) => hand.camera(choice, AbortSignal.any([signal, failed])));
  return signal.aborted ? [] : judgeCamera(seen, choice.kind === 'replay', largest);
}

async function testScanner(hand: Hand, machine: Machine, signal: AbortSignal): Promise<readonly Checked[]> {
  if (!machine.scanner) return scannerInUse();
  const attached = await machine.scanner();
  if (!attached.ok) return judgeScanner(attached, false);
  const seen = await hand.scanner(attached.value, machine.resolution, signal);
  return signal.aborted ? [] : judgeScanner(seen, attached.value.kind === 'bench');
}
