import { err, ok, type Result } from '../../result.js';

/** SANE_Status in the order of its codes (SANE Standard 1.06, 4.2.7, table of status codes). */
export const saneStatuses = [
  'good',
  'unsupported',
  'cancelled',
  'device-busy',
  'inval',
  'eof',
  'jammed',
  'no-docs',
  'cover-open',
  'io-error',
  'no-mem',
  'access-denied',
] as const;
export type SaneStatus = (typeof saneStatuses)[number];

/** Why a call failed: the driver's status, or the binding's own reason. */
export type SaneFault =
  | Exclude<SaneStatus, 'good'>
  /** A status that is in no edition of the standard. */
  | 'unknown-status'
  /** libsane is not installed. */
  | 'no-library'
  /** The device is closed, or SANE was ended. */
  | 'closed'
  /** The driver did not return from a call; this process makes no further calls. */
  | 'stalled'
  | 'no-such-option'
  /** The option is inactive or read-only, or its constraint forbids the value. */
  | 'not-allowed'
  /** The driver returned impossible values. */
  | 'nonsense';

export function resultOf(code: number): Result<undefined, SaneFault> {
  const status = code < 0 ? undefined : saneStatuses.at(code);
  if (status === undefined) return err('unknown-status');
  return status === 'good' ? ok() : err(status);
}
