import type { Random } from '../random.js';
import type { Actor, Light } from './actor.js';
import { headActor } from './head-actor.js';
import type { Moment } from './motion.js';
import type { Portrait } from './portrait.js';
import type { Pose } from './pose.js';
import { blank } from './render.js';
import { type Fineness, gridOf } from './screen.js';
import { drawFilmOnScreen } from './screening.js';
import { whole } from './surface.js';

/**
 * A film of a head that blinks and turns, on a screen that is propped up or held by hand.
 *
 * @param filmed the background of the film
 */
export function filmActor(
  fineness: Fineness,
  portrait: Portrait,
  random: Random,
  light: Light,
  filmed: Float32Array,
): Actor {
  const grid = gridOf(random, fineness);
  const glass = fineness === 'finest' || random.oneOf(true, false) ? undefined : whole;
  const standing = screenStand(random);
  const head = headActor(portrait, random, light);
  const film = blank();
  return {
    ...head,
    show: (canvas, moment) => {
      film.colours.set(filmed);
      film.depths.fill(Infinity);
      head.show(film, moment);
      drawFilmOnScreen(canvas, film, standing(moment), { light: grid, glass });
    },
  };
}

/**
 * The screen's pose for each frame: as large as the head in the first frame, slightly tilted, possibly
 * trembling.
 */
function screenStand(random: Random): (moment: Moment) => Pose {
  const tilt = () => random.between(-6, 6);
  const tilted = { yaw: tilt(), pitch: tilt(), roll: tilt() };
  const [x, y] = [random.between(370, 430), random.between(225, 270)];
  const tremble = random.oneOf(0, 0.6);
  const trembling = (value: number) => value + random.between(-tremble, tremble);
  let size: number | undefined;
  return (moment) => {
    size ??= moment.size;
    return {
      yaw: trembling(tilted.yaw),
      pitch: trembling(tilted.pitch),
      roll: trembling(tilted.roll),
      x: trembling(x),
      y: trembling(y),
      size: size * (1 + 0.01 * trembling(0)),
    };
  };
}
