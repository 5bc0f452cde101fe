import { findCameras } from '../camera/find.js';
import type { FaultCode } from '../findings.js';
import { ok, type Result } from '../result.js';
import { findScanners } from '../scanner/find.js';
import { Sane } from '../scanner/sane/sane.js';
import type { DeviceList, Request } from '../protocol/vault.js';

/** In milliseconds: how long the drivers may take to list their scanners. Some load a scanner's firmware for it. */
const patience = 10_000;

const sane = new Sane({ patience: { quiet: patience, moving: patience } });

export type Wish = Omit<Extract<Request, { do: 'find-devices' }>, 'do'>;

/**
 * Which scanners and cameras are attached. A driver that does not come back is `scanner-stalled`; a thread of this
 * process is in it then, and the process must be ended with SIGKILL.
 */
export async function findDevices({ only, named }: Wish): Promise<Result<DeviceList, FaultCode>> {
  const [scanners, cameras] = await Promise.all([
    only === 'camera' ? ok([]) : findScanners(sane),
    only === 'scanner' ? ok([]) : findCameras({ named }),
  ]);
  if (!scanners.ok) return scanners;
  return cameras.ok ? ok({ scanners: scanners.value, cameras: cameras.value }) : cameras;
}
