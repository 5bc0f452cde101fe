import type { RgbImage } from '../../appliance/face/image.js';
import type { Random } from '../random.js';
import type { Print } from './print.js';
import { brightness, withFilm } from './film.js';

/** All assumed: how many streaks cross the portrait, and how much light they and the rest of the film reflect. */
const streaks = 3;
const streakLight = { least: 0.1, most: 0.3 };
const filmLight = { least: 0.02, most: 0.08 };
/** In millimetres: a streak's width, and the way in which the colours of the rainbow follow each other. */
const streakWidth = { least: 0.5, most: 1.5 };
const rainbow = { least: 6, most: 14 };
/** In millimetres across the streaks: anywhere on the portrait. */
const reach = 30;

/** Lays a diffractive film over the card: slanting streaks and a faint shine whose colours change from place to place. */
export function withHologram(print: Print, { between }: Random): RgbImage {
  const direction = between(0, Math.PI / 2);
  const period = between(rainbow.least, rainbow.most);
  const phase = between(0, 1);
  const film = between(filmLight.least, filmLight.most);
  const bands = Array.from({ length: streaks }, () => ({
    band: {
      at: between(0, reach),
      direction: direction + between(-0.1, 0.1),
      width: between(streakWidth.least, streakWidth.most),
    },
    light: between(streakLight.least, streakLight.most),
  }));
  return withFilm(print, (x, y) => {
    const along = (x * Math.cos(direction) + y * Math.sin(direction)) / period + phase;
    const shine = bands.reduce((sum, { band, light }) => sum + light * brightness(band, x, y), film);
    return [colour(along, shine), colour(along + 1 / 3, shine), colour(along + 2 / 3, shine)];
  });
}

/** One channel of the rainbow: three waves, a third of a turn apart. */
function colour(turn: number, shine: number): number {
  return Math.min(1, shine * (1 + Math.cos(2 * Math.PI * turn)));
}
