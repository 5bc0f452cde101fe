import type { ScannerFault } from '../findings.js';
import type { NeededFirmware } from '../scanner-firmware/needed.js';
import type { SaneFault } from './sane/status.js';

/** The fault that each of SANE's failures means at the counter. */
export const scannerFault: Readonly<Record<SaneFault, ScannerFault>> = {
  unsupported: 'scanner-unsupported',
  // We did not cancel, so somebody pressed the scanner's own button.
  cancelled: 'scanner-failed',
  'device-busy': 'scanner-busy',
  inval: 'scanner-failed',
  eof: 'scanner-failed',
  jammed: 'scanner-jammed',
  'no-docs': 'scanner-no-document',
  'cover-open': 'scanner-cover-open',
  'io-error': 'scanner-failed',
  'no-mem': 'scanner-failed',
  'access-denied': 'scanner-denied',
  'unknown-status': 'scanner-failed',
  'no-library': 'scanner-unsupported',
  closed: 'scanner-failed',
  stalled: 'scanner-stalled',
  'no-such-option': 'scanner-unsupported',
  'not-allowed': 'scanner-unsupported',
  nonsense: 'scanner-failed',
};

/** The fault where no driver lists the scanner that needs a firmware file, by how that file is. */
export const firmwareFault: Readonly<Record<NeededFirmware, ScannerFault | undefined>> = {
  none: undefined,
  missing: 'scanner-firmware-missing',
  damaged: 'scanner-firmware-damaged',
  // It is another scanner's, or the scanner did not take it.
  whole: 'scanner-firmware-refused',
};
