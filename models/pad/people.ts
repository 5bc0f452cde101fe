import { join } from 'node:path';

import type { Point } from '../../appliance/face/image.js';
import { installation } from '../../appliance/installation.js';

/** Somebody in a sample picture of the face-api package: the bridge of the nose there, in pixels. */
export type Person = { readonly sample: 1 | 2 | 3 | 4 | 5 | 6; readonly bridge: Point };

const person = (sample: Person['sample'], x: number, y: number): Person => ({ sample, bridge: { x, y } });

/**
 * Whose sequences set the limits in `appliance/face/liveness/limits.ts`, and whose only measured them. Nobody is in
 * both; eyes are open and heads no more than 20 degrees from the front.
 */
export const people = {
  setting: [person(3, 664, 439), person(6, 1573, 400), person(6, 1280, 450), person(5, 1182, 293)],
  measuring: [
    person(3, 1154, 337),
    person(3, 1616, 418),
    person(6, 384, 616),
    person(5, 891, 203),
    person(5, 474, 995),
    person(6, 734, 466),
    person(4, 1339, 253),
  ],
} as const satisfies Record<string, readonly Person[]>;
export type Split = keyof typeof people;

export function samplePath(sample: Person['sample']): string {
  return join(installation.root, 'node_modules', '@vladmandic', 'face-api', 'demo', `sample${sample}.jpg`);
}
