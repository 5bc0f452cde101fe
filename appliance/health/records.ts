import { verifyRecords } from '../record/verify.js';
import { type Checked, failed, warning, well } from './check.js';

/**
 * Verifies the whole chain of audit records. Before the first visit there is no file, which is fine.
 *
 * @param tpm whether a TPM counts them; `silent` where it should and does not
 */
export async function checkRecords(
  file: string,
  tpm: 'counts' | 'silent' | 'none' = 'none',
): Promise<Checked> {
  const verified = await verifyRecords(file);
  if (verified.ok && tpm === 'silent') return warning('records', 'record-uncounted');
  if (verified.ok) return well('records', { records: verified.value.count });
  switch (verified.error.why) {
    case 'torn':
    case 'behind':
      return warning('records', 'record-torn');
    case 'unreadable':
      return verified.error.code === 'ENOENT'
        ? well('records', { records: 0 })
        : failed('records', 'record-failed');
    default:
      return failed('records', 'record-broken');
  }
}
