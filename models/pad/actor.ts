import type { Chance } from '../chance.js';
import type { Moment } from './motion.js';
import type { Canvas, Look } from './render.js';

/** Something that stands before the camera, and how it is drawn at a moment. */
export type Actor = {
  /** In degrees: how far it is turned when it is asked to turn to the side, and when up or down. */
  readonly peak: { readonly aside: number; readonly nod: number };
  readonly blinks: boolean;
  readonly show: (canvas: Canvas, moment: Moment) => void;
};

export type Light = Pick<Look, 'light' | 'ambient'>;

export function lightOf(chance: Chance): Light {
  const [x, y] = [chance.between(-0.6, 0.6), chance.between(-0.7, 0.1)];
  const length = Math.hypot(x, y, 1);
  return { light: [x / length, y / length, -1 / length], ambient: chance.between(0.45, 0.75) };
}
