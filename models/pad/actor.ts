import type { Random } from '../random.js';
import type { Moment } from './motion.js';
import type { Canvas, Material } from './render.js';

/** A subject in front of the camera, and how to draw it at a moment. */
export type Actor = {
  /** In degrees: how far it turns to the side, and up or down. */
  readonly peak: { readonly aside: number; readonly nod: number };
  readonly blinks: boolean;
  readonly show: (canvas: Canvas, moment: Moment) => void;
};

export type Light = Pick<Material, 'light' | 'ambient'>;

export function lightOf(random: Random): Light {
  const [x, y] = [random.between(-0.6, 0.6), random.between(-0.7, 0.1)];
  const length = Math.hypot(x, y, 1);
  return { light: [x / length, y / length, -1 / length], ambient: random.between(0.45, 0.75) };
}
