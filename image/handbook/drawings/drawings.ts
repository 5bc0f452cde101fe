import { mountDrawing } from './mount.js';
import { wiringDrawing } from './wiring.js';

/** The drawings of the handbook, by the names of their files beside it. */
export const drawings = { 'wiring.svg': wiringDrawing, 'mount.svg': mountDrawing } as const;
