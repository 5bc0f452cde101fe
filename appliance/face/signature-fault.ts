import type { SignatureFault } from '../findings.js';
import type { Unsigned } from '../signature/signature.js';

const faults: Readonly<Partial<Record<string, SignatureFault>>> = {
  unsigned: 'model-unsigned',
  torn: 'model-signature-wrong',
  'other-file': 'model-signature-wrong',
  'foreign-key': 'model-signer-unknown',
} satisfies Record<Unsigned | 'unsigned', SignatureFault>;

/** The fault of a pack or a calibration whose signature does not hold; undefined if something else is wrong with it. */
export function signatureFault(why: string): SignatureFault | undefined {
  return faults[why];
}
