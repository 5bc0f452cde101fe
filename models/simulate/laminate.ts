import type { RgbImage } from '../../appliance/face/image.js';
import type { Random } from '../random.js';
import type { Print } from './print.js';
import { type Band, brightness, withFilm } from './film.js';

/** Fresnel's equation for light that falls straight on a plastic of refractive index 1.5: ((1.5 − 1) / (1.5 + 1))². */
const gloss = 0.04;
/** Assumed: where the film is not flat it reflects the scanner's lamp into the sensor, in one broad band and a narrow one. */
const broad = { light: { least: 0.15, most: 0.4 }, width: { least: 2, most: 5 } };
const narrow = { light: { least: 0.2, most: 0.6 }, width: { least: 0.3, most: 0.8 } };
/** In millimetres along the band's direction: anywhere on the portrait. */
const reach = 30;

/** Lays a glossy laminate over the card, not quite flat: its shine veils the print, most of all along two bands. */
export function withLaminate(print: Print, { between }: Random): RgbImage {
  const bands = [broad, narrow].map(({ light, width }) => ({
    light: between(light.least, light.most),
    band: {
      at: between(0, reach),
      direction: between(0, Math.PI / 2),
      width: between(width.least, width.most),
    } satisfies Band,
  }));
  return withFilm(print, (x, y) => {
    const shine = bands.reduce((sum, { band, light }) => sum + light * brightness(band, x, y), gloss);
    const light = Math.min(1, shine);
    return [light, light, light];
  });
}
