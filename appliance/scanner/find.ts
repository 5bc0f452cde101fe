import type { ScannerFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { ScannerChoice } from '../vault/protocol.js';
import { isBench } from './bench.js';
import { scannerFault } from './faults.js';
import type { Sane } from './sane/sane.js';

export type FoundScanner = { readonly choice: ScannerChoice; readonly label: string };

/** The bounds of the vault's door. */
const most = 16;
const longest = 200;

/** The scanners attached to this machine, without the bench one; labels are fit for a screen. */
export async function findScanners(sane: Sane): Promise<Result<readonly FoundScanner[], ScannerFault>> {
  const devices = await sane.devices();
  if (!devices.ok) return err(scannerFault[devices.error]);
  return ok(
    devices.value
      .filter(({ name }) => !isBench(name) && name.length <= longest)
      .slice(0, most)
      .map(({ name, vendor, model }) => ({ choice: { kind: 'sane', name }, label: labelOf(vendor, model) })),
  );
}

/** What a driver calls its device may hold anything; control characters would reach a terminal. */
function labelOf(vendor: string, model: string): string {
  return `${vendor} ${model}`
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, longest);
}
