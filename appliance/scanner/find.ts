import type { ScannerFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { labelOf } from '../protocol/label.js';
import { type DeviceList, maxDevicesPerKind } from '../protocol/vault.js';
import { scannerFault } from './faults.js';
import { isPseudoScanner, nodeOf } from './name.js';
import type { Sane } from './sane/sane.js';

export type FoundScanner = DeviceList['scanners'][number];

/** The protocol's bounds; SANE has no longer names and no other characters. */
const isName = /^[\x20-\x7e]{1,200}$/;

/** The attached scanners, without the pseudo-scanner; none on a machine without libsane. */
export async function findScanners(sane: Sane): Promise<Result<FoundScanner[], ScannerFault>> {
  const devices = await sane.devices();
  if (!devices.ok) return devices.error === 'no-library' ? ok([]) : err(scannerFault[devices.error]);
  return ok(
    devices.value
      .filter(({ name }) => !isPseudoScanner(name) && isName.test(name))
      .slice(0, maxDevicesPerKind)
      .map(({ name, vendor, model }) => {
        const node = nodeOf(name);
        const label = labelOf(`${vendor} ${model}`);
        return { choice: { kind: 'sane', name }, label, ...(node ? { node } : {}) };
      }),
  );
}
