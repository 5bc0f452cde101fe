import type { Point } from '../../appliance/face/image.js';
import type { SampleNumber } from '../sample-pictures.js';

/** A person in a face-api sample picture, found by the bridge of the nose in pixels. */
export type Person = { readonly sample: SampleNumber; readonly bridge: Point };

const person = (sample: SampleNumber, x: number, y: number): Person => ({ sample, bridge: { x, y } });

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
