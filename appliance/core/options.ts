import type { Clock } from '../clock/clock.js';
import type { Exporter } from '../export/exporter.js';
import type { FaultCode } from '../findings.js';
import type { View } from '../panel/view.js';
import type { CustomModel } from '../protocol/vault.js';
import type { Entry } from '../record/entry.js';
import type { Result } from '../result.js';
import type { Settings } from '../settings/settings.js';
import type { Tpm } from '../tpm/tpm.js';
import type { Updater } from '../update/updater.js';
import type { Vault } from '../vault-client/vault.js';
import type { Agreed } from './agreed.js';
import type { DeviceChanges } from './device-changes.js';
import type { RequestedDevices } from './devices.js';
import type { ExportKey } from './records-copy.js';
import type { UdevMonitor } from './udev-monitor.js';

export type ApplianceOptions = {
  readonly settings: Settings;
  readonly settingsProblems: number;
  /** The line of the first problem; undefined if it concerns the whole file. */
  readonly settingsLine: number | undefined;
  /** Whether a good settings file was saved as a fallback for later starts. */
  readonly settingsKept: boolean;
  readonly devices: RequestedDevices;
  readonly model: CustomModel;
  readonly recordFile: string;
  /** What the counter agreed to last (`readAgreed`). */
  readonly agreed?: Agreed | undefined;
  /** Visits are made without a clerk, who would have to agree to changes. */
  readonly unattended?: boolean;
  /** From `exportKeyIn`. */
  readonly exportKey: ExportKey;
  /** The folder of the copy of the records' signed head. */
  readonly witness: string;
  /** The TPM that holds the box's key and counts its records; undefined on a machine that has none, or is no box. */
  readonly tpm?: Tpm | undefined;
  readonly software: string;
  /** Installs updates; absent on a machine that is not updated from USB sticks. */
  readonly updater?: Updater | undefined;
  /** Copies records to USB sticks; absent on a machine that does not export them that way. */
  readonly exporter?: Exporter | undefined;
  /** An image for trying a board: the screen says so, and each record. Defaults to what this installation is. */
  readonly debugImage?: boolean;
  /** Defaults to this machine's clock. */
  readonly clock?: Clock;
  /** Starts a vault, which then loads its models. Defaults to a vault with `model`. */
  readonly startVault?: (signal: AbortSignal) => Promise<Result<Vault, FaultCode>>;
  /** Watches what is plugged in and unplugged. Defaults to udev. */
  readonly watchDevices?: (changed: (changes: DeviceChanges) => void) => UdevMonitor;
};

/** What the appliance reports to the program that runs it. */
export type ApplianceHandlers = {
  readonly view: (view: View) => void;
  readonly recorded: (entry: Entry) => void;
  /** Whether udev reports what is plugged in. If not, the appliance polls for devices every few seconds. */
  readonly udevLive: (live: boolean) => void;
  readonly bug: (thrown: unknown) => void;
};
