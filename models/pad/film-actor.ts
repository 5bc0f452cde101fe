import type { Chance } from '../chance.js';
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
  chance: Chance,
  light: Light,
  filmed: Float32Array,
): Actor {
  const grid = gridOf(chance, fineness);
  const glass = fineness === 'finest' || chance.either(true, false) ? undefined : whole;
  const standing = screenStand(chance);
  const head = headActor(portrait, chance, light);
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
function screenStand(chance: Chance): (moment: Moment) => Pose {
  const tilt = () => chance.between(-6, 6);
  const tilted = { yaw: tilt(), pitch: tilt(), roll: tilt() };
  const [x, y] = [chance.between(370, 430), chance.between(225, 270)];
  const tremble = chance.either(0, 0.6);
  const trembling = (value: number) => value + chance.between(-tremble, tremble);
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
