import * as z from 'zod';

/** How a visit ended. Every visit has exactly one outcome. */
export const outcome = z.enum([
  /** The clerk recognised the visitor by eye; nothing was compared. */
  'visually-clear',
  'verified',
  'not-verified',
  'not-comparable',
  /** The visitor did not agree; the camera never ran. */
  'refused',
  /** A proxy collects: face verification does not apply. */
  'proxy',
  'cancelled',
  'fault',
]);
export type Outcome = z.infer<typeof outcome>;
