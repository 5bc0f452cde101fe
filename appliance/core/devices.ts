import type { CameraChoice, ScannerChoice } from '../protocol/vault.js';

/** The devices of the next visit. */
export type Devices = { readonly scanner: ScannerChoice; readonly camera: CameraChoice };
export type DeviceChoice = ScannerChoice | CameraChoice;

/** The devices that settings and the command line ask for. */
export type RequestedDevices = {
  /** A picture for the pseudo-scanner. */
  readonly document?: string | undefined;
  /** A picture, or a folder of pictures, for the replay camera. */
  readonly frames?: string | undefined;
  /** The scanner's SANE name or label, or `auto`. */
  readonly scanner: string;
  /** The camera's label, perhaps with its USB port, or `auto`. */
  readonly camera: string;
};

export function isSimulated({ kind }: DeviceChoice): boolean {
  return kind === 'bench' || kind === 'replay';
}

/** With a simulated device the screen says 練習 and the record is marked. */
export function isPractice({ scanner, camera }: Devices): boolean {
  return isSimulated(scanner) || isSimulated(camera);
}
