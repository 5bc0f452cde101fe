import * as z from 'zod';

/** The languages of a panel; the words of each are a file of `panel/words`. */
export const language = z.enum(['ja', 'en']);
export type Language = z.infer<typeof language>;
