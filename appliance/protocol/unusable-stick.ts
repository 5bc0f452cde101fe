import * as z from 'zod';

/** Why a stick that is plugged in cannot be used: by what was seen on it. FAT32 and exFAT would work. */
export const unusableStick = z.enum([
  'stick-ntfs',
  'stick-apple',
  'stick-linux',
  'stick-encrypted',
  'stick-unformatted',
  'stick-other-format',
]);
export type UnusableStick = z.infer<typeof unusableStick>;
