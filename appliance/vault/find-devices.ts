import { findCameras } from '../camera/find.js';
import { findScanners } from '../scanner/find.js';
import { Sane } from '../scanner/sane/sane.js';
import type { DeviceList } from './protocol.js';

/** Which scanners and cameras are attached. A machine without libsane has no scanner. */
export async function findDevices(): Promise<DeviceList> {
  const [scanners, cameras] = await Promise.all([findScanners(new Sane()), findCameras()]);
  return { scanners: scanners.ok ? [...scanners.value] : [], cameras: cameras.slice(0, 16) };
}
