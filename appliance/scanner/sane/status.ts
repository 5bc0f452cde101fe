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

/** Why a call gave nothing: what the driver answered, or what the binding itself would not do. */
export type SaneFault =
  | Exclude<SaneStatus, 'good'>
  /** A status that no edition of the standard names. */
  | 'unknown-status'
  /** There is no libsane on this machine. */
  | 'no-library'
  /** The device was closed, or SANE was ended. */
  | 'closed'
  /** The driver did not come back from a call; nothing more is asked of it in this process. */
  | 'stalled'
  | 'no-such-option'
  /** The option is inactive or read-only, or its constraint forbids the value. */
  | 'not-allowed'
  /** The driver described something that cannot be. */
  | 'nonsense';

export function resultOf(code: number): Result<undefined, SaneFault> {
  const status = code < 0 ? undefined : saneStatuses.at(code);
  if (status === undefined) return err('unknown-status');
  return status === 'good' ? ok() : err(status);
}
