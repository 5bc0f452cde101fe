import * as z from 'zod';

/**
 * The keys a panel sends back. `next` is the button for "not this one": it moves to the next choice, round and
 * round, and is `back` where there is no other. `language` changes the language and nothing else; `quit` is a
 * developer's Ctrl-C, which no counter has: what it ends is the core's decision.
 */
export const key = z.enum(['left', 'right', 'next', 'enter', 'back', 'cancel', 'language', 'quit']);
export type Key = z.infer<typeof key>;
