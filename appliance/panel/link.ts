import { z } from 'zod';

import { key } from './view.js';

/**
 * What goes over the socket between the core and a panel, one JSON object a line: views to the panel, presses
 * to the core. Each end drops the other at the first line that is not understood.
 */
export const press = z.strictObject({ press: key });

/** Bytes; a press is about twenty. */
export const longestPress = 64;
/** Bytes; a view with every finding there is stays well below. */
export const longestView = 64 * 1024;
