import type { ScannerFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { labelOf } from '../protocol/label.js';
import { maxDevicesPerKind } from '../protocol/vault.js';
import { firmwareFault, scannerFault } from './faults.js';
import { neededFirmware } from '../scanner-firmware/needed.js';
import { firmwarePlaces } from '../scanner-firmware/places.js';
import { isPseudoScanner, nodeOf } from './name.js';
import type { FoundScanner } from './protocol.js';
import type { FoundDevice, Sane } from './sane/sane.js';

/** The protocol's bounds; SANE has no longer names and no other characters. */
const isName = /^[\x20-\x7e]{1,200}$/;

/**
 * The attached scanners, without the pseudo-scanner; none on a machine without libsane.
 *
 * @returns a fault if the only scanner that is plugged in lacks its maker's firmware file, since its driver then lists
 *   none; `scanner-firmware-refused` if the file looks whole
 */
export async function findScanners(
  sane: Sane,
  places = firmwarePlaces,
): Promise<Result<FoundScanner[], ScannerFault>> {
  const devices = await sane.devices();
  if (!devices.ok) return devices.error === 'no-library' ? ok([]) : err(scannerFault[devices.error]);
  const found = devices.value.filter(({ name }) => !isPseudoScanner(name) && isName.test(name));
  const fault = found.length === 0 ? firmwareFault[await neededFirmware(places)] : undefined;
  return fault ? err(fault) : ok(found.slice(0, maxDevicesPerKind).map(described));
}

function described({ name, vendor, model }: FoundDevice): FoundScanner {
  const node = nodeOf(name);
  const label = labelOf(`${vendor} ${model}`);
  return { choice: { kind: 'sane', name }, label, ...(node ? { node } : {}) };
}
