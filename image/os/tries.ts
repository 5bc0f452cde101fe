/** How often a slot may start without reporting success before the other slot is taken. */
export const tries = 3;
