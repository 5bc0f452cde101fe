import type { FaultCode } from '../findings.js';

export type RecordFault = Extract<FaultCode, `record-${string}`>;

/** Why a record could not be written. */
export type WriteFault = Exclude<RecordFault, 'record-broken'>;

/** The file cannot grow: no block left, quota exceeded, or largest file size reached. */
const noSpace = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Rethrows anything but a system error: that is a bug. */
export function writeFault(error: unknown): WriteFault {
  if (!isSystemError(error)) throw error;
  return noSpace.includes(error.code) ? 'record-disk-full' : 'record-failed';
}

export function isSystemError(error: unknown): error is Error & { code: string; syscall: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
