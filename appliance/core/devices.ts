import { join } from 'node:path';
import { existsSync } from 'node:fs';

import type { FaultCode } from '../findings.js';
import { installation } from '../installation.js';
import { err, ok, type Result } from '../result.js';
import type { CameraChoice, DeviceList, ScannerChoice } from '../vault/protocol.js';
import { startVault } from '../vault/vault.js';

/** What the next visit scans and photographs with. */
export type Devices = { readonly scanner: ScannerChoice; readonly camera: CameraChoice };

/** What is asked for: a device's name, pictures to practise with, or whatever is found. */
export type Wanted = {
  /** A picture to lay under the pseudo-scanner. */
  readonly document?: string | undefined;
  /** A picture, or a folder of pictures, for the replay camera. */
  readonly frames?: string | undefined;
  /** SANE's name of the scanner to use, or `auto`. */
  readonly scanner: string;
  /** The label of the camera to use, or `auto`. */
  readonly camera: string;
};

const practice: Devices = {
  scanner: { kind: 'bench', picture: join(installation.practice, 'card.png') },
  camera: { kind: 'replay', pictures: join(installation.practice, 'camera') },
};

/** Whether a bench device serves, so that the screen says 練習 and the record is marked. */
export function isPractice(devices: Devices): boolean {
  return devices.scanner.kind === 'bench' || devices.camera.kind === 'replay';
}

/**
 * Settles which scanner and camera serve. A vault of its own looks, and is erased: the core itself knows no
 * device. Bench devices step in only where practice pictures were installed, which they are not on a box, and
 * never for a real device that served before and is gone.
 */
export async function settleDevices(wanted: Wanted, before?: Devices): Promise<Result<Devices, FaultCode>> {
  const given = pictures(wanted);
  if (given.scanner && given.camera) return ok({ scanner: given.scanner, camera: given.camera });
  const found = await look();
  if (!found.ok) return found;
  const mayPractise = existsSync(installation.practice) && (before === undefined || isPractice(before));
  const bench = mayPractise ? practice : undefined;
  const scanner = given.scanner ?? choose(found.value.scanners, wanted.scanner, bench?.scanner);
  const camera = given.camera ?? choose(found.value.cameras, wanted.camera, bench?.camera);
  if (!scanner) return err('scanner-missing');
  if (!camera) return err('camera-missing');
  return ok({ scanner, camera });
}

function pictures({ document, frames }: Wanted): Partial<Devices> {
  return {
    ...(document === undefined ? {} : { scanner: { kind: 'bench', picture: document } }),
    ...(frames === undefined ? {} : { camera: { kind: 'replay', pictures: frames } }),
  };
}

/** A device that was named is that one or none: practice never takes its place unnoticed. */
function choose<T extends ScannerChoice | CameraChoice>(
  found: readonly { choice: T; label: string }[],
  wanted: string,
  bench: T | undefined,
): T | undefined {
  if (wanted === 'auto') return found[0]?.choice ?? bench;
  return found.find(({ choice, label }) => label === wanted || ('name' in choice && choice.name === wanted))
    ?.choice;
}

async function look(): Promise<Result<DeviceList, FaultCode>> {
  const vault = await startVault();
  if (!vault.ok) return vault;
  const found = await vault.value.run({ do: 'find-devices' });
  const erased = await vault.value.erase();
  if (!erased.ok) return erased;
  if (!found.ok) return found;
  return found.value.is === 'devices' ? ok(found.value.devices) : err('vault-nonsense');
}
