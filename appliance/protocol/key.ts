import * as z from 'zod';

/**
 * The keys that a panel sends. `next` cycles through the choices, and acts as `back` if there is only one. `language`
 * only switches the language. `quit` is a developer's Ctrl-C; no counter has it.
 */
export const key = z.enum(['left', 'right', 'next', 'enter', 'back', 'cancel', 'language', 'quit']);
export type Key = z.infer<typeof key>;
