import * as z from 'zod';

import { node } from './sticks.js';

/** The mounter's protocol: one JSON object per line, at most so many bytes. Nothing of what is on a stick passes through it. */
export const longestLine = 200;

/** `unmount` takes no name: a connection has one stick. */
export const request = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('mount'), node }),
  z.strictObject({ do: z.literal('unmount') }),
]);
export type Request = z.infer<typeof request>;

/** One answer to each request. */
export const message = z.discriminatedUnion('is', [
  z.strictObject({
    is: z.literal('mounted'),
    point: z.string().regex(/^\/run\/terashi-sticks\/[\w-]{1,80}$/),
  }),
  z.strictObject({ is: z.literal('unmounted') }),
  /** Not mounted; or unmounted while it was in use or out of reach, so that data may be missing on it. */
  z.strictObject({ is: z.literal('failed') }),
]);
export type Message = z.infer<typeof message>;
