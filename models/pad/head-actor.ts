import type { Random } from '../random.js';
import { type Actor, lightOf } from './actor.js';
import { blinked } from './blink.js';
import type { Moment } from './motion.js';
import type { Portrait } from './portrait.js';
import { draw } from './render.js';
import { headOf } from './surface.js';

/** A bona fide subject: the portrait's head, which does what it is asked. */
export function headActor(portrait: Portrait, random: Random, light = lightOf(random)): Actor {
  const head = headOf(portrait);
  return {
    peak: { aside: random.between(24, 36), nod: random.between(18, 30) },
    blinks: true,
    show: (canvas, moment) =>
      draw(canvas, head, facing(portrait, moment), {
        ...light,
        texture: blinked(portrait, moment.closed),
        pivot: 1.4,
      }),
  };
}

/** Removes the portrait's own pose: a head can look straight ahead, a print cannot. */
function facing(portrait: Portrait, moment: Moment): Moment {
  return { ...moment, yaw: moment.yaw - portrait.yaw, pitch: moment.pitch - portrait.pitch };
}
