import * as z from 'zod';

/**
 * The keys that a panel sends. `next` cycles through the choices, and acts as `back` if there is only one. `language`
 * only switches the language. No key ends the appliance.
 */
export const key = z.enum(['left', 'right', 'next', 'enter', 'back', 'cancel', 'language']);
export type Key = z.infer<typeof key>;
