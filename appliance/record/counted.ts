import { err, ok, type Result } from '../result.js';
import type { Tpm } from '../tpm/tpm.js';
import type { Head } from './head.js';

/** How the TPM's counter stands to the head of the records. */
export type Counted =
  /** This machine has no TPM, and the records know of none. */
  | { readonly is: 'none' }
  | { readonly is: 'silent' }
  | { readonly is: 'right' }
  /** One behind: the power was cut between the last line and its count. */
  | { readonly is: 'behind' }
  /** The TPM has no counter: it is new, or was cleared. */
  | { readonly is: 'absent' }
  /** A counter of other records. */
  | { readonly is: 'other'; readonly count: number };

/** The TPM counted this many lines more than the records have: they were set back. */
export type SetBack = { readonly why: 'counted-more'; readonly more: number };

/** Compares the TPM's counter with a head, which says what it stands at once the head's last line is counted. */
export async function compareWithCounter(
  head: Head | undefined,
  tpm: Tpm | undefined,
): Promise<Result<Counted, SetBack>> {
  const expected = head?.counter;
  if (!tpm) return ok({ is: expected === undefined ? 'none' : 'silent' });
  const read = await tpm.count();
  if (!read.ok) return ok({ is: read.error === 'absent' ? 'absent' : 'silent' });
  const count = read.value;
  if (expected === undefined || count < expected - 1) return ok({ is: 'other', count });
  if (count > expected) return err({ why: 'counted-more', more: count - expected });
  return ok({ is: count === expected ? 'right' : 'behind' });
}
