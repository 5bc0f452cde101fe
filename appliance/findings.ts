import * as z from 'zod';

/**
 * The closed lists of problems. A finding is about a picture and has a remedy at the counter; a fault is about the
 * machine. Their texts are in panel/words.
 */
export const findingCodes = [
  // of the document
  'unreadable-image',
  'picture-type-unsupported',
  'image-too-large',
  'scan-empty',
  'scan-short',
  'no-portrait',
  'card-face-down',
  'two-documents',
  'portrait-too-small',
  'portrait-small',
  'portrait-blurred',
  'portrait-glare',
  // of the visitor's picture
  'no-face',
  'several-faces',
  'face-too-small',
  'face-too-large',
  'face-off-centre',
  'face-turned',
  'face-unsettled',
  'too-dark',
  'too-bright',
  'uneven-light',
  'blurred',
  'eyes-covered',
  'mouth-covered',
  'liveness-failed',
  'liveness-not-checked',
  'picture-suspected',
] as const;
export const findingCode = z.enum(findingCodes);
export type FindingCode = z.infer<typeof findingCode>;

export const side = z.enum(['document', 'probe']);
export type Side = z.infer<typeof side>;

/** A problem of a picture. A `blocking` one makes the pair not comparable. */
export const finding = z.strictObject({ side, code: findingCode, blocking: z.boolean() });
export type Finding = z.infer<typeof finding>;

export const faultCodes = [
  'scanner-missing',
  'scanner-busy',
  'scanner-jammed',
  'scanner-cover-open',
  'scanner-no-document',
  'scanner-denied',
  'scanner-unsupported',
  'scanner-no-glass',
  'scanner-black-and-white',
  'scanner-too-coarse',
  'scanner-firmware-missing',
  'scanner-firmware-damaged',
  'scanner-firmware-refused',
  'scanner-failed',
  'scanner-stalled',
  'camera-missing',
  'camera-busy',
  'camera-no-frames',
  'camera-broken-frames',
  'camera-failed',
  'camera-stalled',
  'driver-not-ended',
  'light-failed',
  'model-missing',
  'model-mismatch',
  'model-unsound',
  'model-uncalibrated',
  'model-unsigned',
  'model-signature-wrong',
  'model-signer-unknown',
  'model-external-data',
  'threshold-unsupported',
  'vault-died',
  'vault-hung',
  'vault-nonsense',
  'erasure-unproven',
  'memory-short',
  'swap-on',
  'record-disk-full',
  'record-failed',
  'record-broken',
] as const;
export const faultCode = z.enum(faultCodes);
export type FaultCode = z.infer<typeof faultCode>;

/** The faults that only the scanner's driver can report. */
export type ScannerFault = Extract<FaultCode, `scanner-${string}`>;
/** Why there are no frames; a vault opens no camera while a driver's program is left in it. */
export type CameraFault = Extract<FaultCode, `camera-${string}` | 'driver-not-ended'>;
export type ModelFault = Extract<FaultCode, `model-${string}`>;
export type ManifestFault = Extract<ModelFault, 'model-missing' | 'model-mismatch'>;
export type ModelFileFault = ManifestFault | 'model-external-data';
export type SignatureFault = Extract<ModelFault, `model-${'unsigned' | `sign${string}`}`>;
