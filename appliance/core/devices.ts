import type { CameraChoice, ScannerChoice } from '../protocol/vault.js';

/** What the next visit scans and photographs with. */
export type Devices = { readonly scanner: ScannerChoice; readonly camera: CameraChoice };
export type DeviceChoice = ScannerChoice | CameraChoice;

/** What is asked for: a device's name, pictures to practise with, or whatever is found. */
export type RequestedDevices = {
  /** A picture to lay under the pseudo-scanner. */
  readonly document?: string | undefined;
  /** A picture, or a folder of pictures, for the replay camera. */
  readonly frames?: string | undefined;
  /** SANE's name of the scanner to use, or what it calls itself, or `auto`. */
  readonly scanner: string;
  /** What the camera to use calls itself, or `auto`. */
  readonly camera: string;
};

export function isSimulated({ kind }: DeviceChoice): boolean {
  return kind === 'bench' || kind === 'replay';
}

/** Whether a bench device serves, so that the screen says 練習 and the record is marked. */
export function isPractice({ scanner, camera }: Devices): boolean {
  return isSimulated(scanner) || isSimulated(camera);
}
