import * as z from 'zod';

/** What a box noticed of its TPM since the visit before, as the next record says it. */
export const tpmNote = z.enum([
  /** It does not answer: lines are not counted. */
  'silent',
  /** It no longer had the counter of these records: it was cleared, or it is another one. */
  'cleared',
  /** It had counted already, and these records knew of no count. */
  'counted-before',
  /** It does not give out the box's key: another key signs from here on. */
  'key-lost',
]);
export type TpmNote = z.infer<typeof tpmNote>;
