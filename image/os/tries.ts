/** How often a slot may start without saying that it started well, before the other one is taken. */
export const tries = 3;
