import * as z from 'zod';

/** The longest value of a change that is shown, in characters: enough of a key to tell it from any other. */
export const longestShown = 30;

const shown = z.string().max(longestShown);

/** What differs from what the counter saw and agreed to last. */
export const change = z.strictObject({
  /** A setting by its name, `visit.liveness`; or another part of what is in force. */
  what: z
    .string()
    .max(40)
    .regex(/^[a-z]+([.-][a-z0-9-]+)?$/),
  /** Absent where there was nothing, or where there is nothing now. */
  before: shown.optional(),
  after: shown.optional(),
  /** The visitor, or the result, is less protected than before. */
  weaker: z.literal(true).optional(),
});
export type Change = Readonly<z.infer<typeof change>>;
