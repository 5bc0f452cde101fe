import { neededFirmware } from '../scanner-firmware/needed.js';
import { firmwarePlaces } from '../scanner-firmware/places.js';
import { storedFirmware } from '../scanner-firmware/stored.js';
import { type Checked, warning, well } from './check.js';

/**
 * Checks the makers' files that some scanners need: that those plugged in have theirs, and that all that were copied are
 * whole. It warns only, since another scanner may be in use; without one the scanner itself is the fault.
 */
export async function checkScannerFirmware(places = firmwarePlaces): Promise<Checked> {
  const [needed, stored] = await Promise.all([neededFirmware(places), storedFirmware(places)]);
  if (needed === 'missing') return warning('scanner-firmware', 'scanner-firmware-missing');
  if (needed === 'damaged' || stored === 'damaged')
    return warning('scanner-firmware', 'scanner-firmware-damaged');
  return stored === 'unknown'
    ? warning('scanner-firmware', 'scanner-firmware-unknown')
    : well('scanner-firmware');
}
