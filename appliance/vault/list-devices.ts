import { findCameras } from '../camera/find.js';
import type { FaultCode } from '../findings.js';
import { ok, type Result } from '../result.js';
import { findScanners } from '../scanner/find.js';
import { Sane } from '../scanner/sane/sane.js';
import type { DeviceList, Request } from '../protocol/vault.js';

/** In milliseconds. Some drivers load a scanner's firmware to list it. */
const listTimeout = 10_000;

const sane = new Sane({ timeouts: { quiet: listTimeout, moving: listTimeout } });

export type DeviceQuery = Omit<Extract<Request, { do: 'find-devices' }>, 'do'>;

/**
 * Asks the drivers for the attached scanners and cameras.
 *
 * @returns `scanner-stalled` if a driver does not return; it still occupies a thread, so this process must be
 *   ended with SIGKILL
 */
export async function listDevices({ only, named }: DeviceQuery): Promise<Result<DeviceList, FaultCode>> {
  const [scanners, cameras] = await Promise.all([
    only === 'camera' ? ok([]) : findScanners(sane),
    only === 'scanner' ? ok([]) : findCameras({ named }),
  ]);
  if (!scanners.ok) return scanners;
  return cameras.ok ? ok({ scanners: scanners.value, cameras: cameras.value }) : cameras;
}
