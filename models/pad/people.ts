import { join } from 'node:path';

import type { Point } from '../../appliance/face/image.js';
import { installation } from '../../appliance/installation.js';

/** A person in a face-api sample picture, found by the bridge of the nose in pixels. */
export type Person = { readonly sample: 1 | 2 | 3 | 4 | 5 | 6; readonly bridge: Point };

const person = (sample: Person['sample'], x: number, y: number): Person => ({ sample, bridge: { x, y } });

/**
 * Who set the limits in `appliance/face/liveness/thresholds.ts` and who only measures them. Nobody is in both.
 * Eyes are open and heads within 20 degrees of frontal.
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
