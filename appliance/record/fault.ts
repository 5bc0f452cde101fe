import type { FaultCode } from '../findings.js';

export type RecordFault = Extract<FaultCode, `record-${string}`>;

/** What the file system reported while a record was written. */
export type WriteFault = Exclude<RecordFault, 'record-broken'>;

/** No block left, the quota reached, the largest size of a file reached: in each the file cannot grow. */
const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Throws again what did not come from the system: that is a bug. */
export function writeFault(error: unknown): WriteFault {
  if (!isSystemError(error)) throw error;
  return noRoom.includes(error.code) ? 'record-disk-full' : 'record-failed';
}

export function isSystemError(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}
