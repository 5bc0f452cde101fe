import type { Chance } from '../chance.js';
import { blinked } from './blink.js';
import type { Moment } from './motion.js';
import type { Portrait } from './portrait.js';
import type { Look } from './render.js';
import { paper } from './ink.js';
import { blank, type Canvas, draw } from './render.js';
import { type Fineness, gridOf } from './screen.js';
import { screened } from './screening.js';
import { headOf, type Sheet, sheetOf, type Surface } from './surface.js';

/** Something that stands before the camera, and how it is drawn at a moment. */
export type Actor = {
  /** In degrees: how far it is turned when it is asked to turn to the side, and when up or down. */
  readonly peak: { readonly aside: number; readonly nod: number };
  readonly blinks: boolean;
  readonly show: (canvas: Canvas, moment: Moment) => void;
};

/** The presentation attack instrument species of ISO/IEC 30107-3 that are made here. */
export const species = [
  'print-edges',
  'print-large',
  'bent-inward',
  'bent-outward',
  'bent-tight',
  'mask-with-eyes',
  'screen-coarse',
  'screen-fine',
  'video-coarse',
  'video-fine',
  'video-finest',
] as const;
export type Species = (typeof species)[number];

/** Those that show a film of a head, which can do what a head can: all hangs on whether it does what is asked. */
export const films = ['video-coarse', 'video-fine', 'video-finest'] as const;
export type Film = (typeof films)[number];

export function isFilm(kind: Kind): kind is Film {
  return films.some((film) => film === kind);
}

export type Kind = Species | 'bona-fide';

/** @param filmed the wall before which the film on a screen was made */
export function actorOf(kind: Kind, portrait: Portrait, chance: Chance, filmed: Float32Array): Actor {
  const light = lightOf(chance);
  switch (kind) {
    case 'bona-fide':
      return headActor(portrait, chance, light);
    case 'video-coarse':
      return filmActor('coarse', portrait, chance, light, filmed);
    case 'video-fine':
      return filmActor('fine', portrait, chance, light, filmed);
    case 'video-finest':
      return filmActor('finest', portrait, chance, light, filmed);
    default:
      return sheetActor(kind, portrait, chance, light);
  }
}

function sheetActor(kind: Exclude<Species, Film>, portrait: Portrait, chance: Chance, light: Light): Actor {
  const blinks = kind === 'mask-with-eyes';
  const sheet = sheetOf(sheetFor(kind, portrait, chance));
  const screen = kind === 'screen-coarse' ? 'coarse' : kind === 'screen-fine' ? 'fine' : undefined;
  const ink = screen ? gridOf(chance, screen) : paper(chance);
  const wearer = blinks ? enlarged(headOf(portrait), 0.85, 0.45) : undefined;
  const frameOfScreen = enlarged(sheetOf(whole), 1.1, 0.02);
  return {
    peak: { aside: chance.between(22, 40), nod: chance.between(18, 32) },
    blinks,
    show: (canvas, moment) => {
      const look: Look = { ...light, texture: portrait.picture, pivot: 0, ink };
      if (screen) draw(canvas, frameOfScreen, moment, { ...look, ink: bezel });
      // Behind the holes the wearer's own eyes are seen, a little way back.
      if (wearer) {
        draw(canvas, wearer, moment, {
          ...look,
          texture: blinked(portrait, moment.closed),
          ink: () => undefined,
        });
      }
      draw(canvas, sheet, moment, look);
    },
  };
}

export function headActor(portrait: Portrait, chance: Chance, light = lightOf(chance)): Actor {
  const head = headOf(portrait);
  return {
    peak: peakOf(chance),
    blinks: true,
    show: (canvas, moment) =>
      draw(canvas, head, facing(portrait, moment), {
        ...light,
        texture: blinked(portrait, moment.closed),
        pivot: 1.4,
      }),
  };
}

/** A film of a head that blinks and turns, on a screen that stands somewhere or is held by hand. */
function filmActor(
  fineness: Fineness,
  portrait: Portrait,
  chance: Chance,
  light: Light,
  filmed: Float32Array,
): Actor {
  const head = headOf(portrait);
  const grid = gridOf(chance, fineness);
  const glass = fineness === 'finest' || chance.either(true, false) ? undefined : whole;
  const tilt = () => chance.between(-6, 6);
  const held = { yaw: tilt(), pitch: tilt(), roll: tilt() };
  const [x, y] = [chance.between(370, 430), chance.between(225, 270)];
  const tremble = chance.either(0, 0.6);
  let size: number | undefined;
  const film = blank();
  return {
    peak: peakOf(chance),
    blinks: true,
    show: (canvas, moment) => {
      film.colours.set(filmed);
      film.depths.fill(Infinity);
      draw(film, head, facing(portrait, moment), {
        ...light,
        texture: blinked(portrait, moment.closed),
        pivot: 1.4,
      });
      size ??= moment.size;
      const trembling = (value: number) => value + chance.between(-tremble, tremble);
      const stand = {
        yaw: trembling(held.yaw),
        pitch: trembling(held.pitch),
        roll: trembling(held.roll),
        x: trembling(x),
        y: trembling(y),
        size: size * (1 + 0.01 * trembling(0)),
      };
      screened(canvas, film, stand, { light: grid, glass });
    },
  };
}

/** How far a willing head turns. */
function peakOf(chance: Chance): Actor['peak'] {
  return { aside: chance.between(24, 36), nod: chance.between(18, 30) };
}

/** The whole portrait. */
const whole: Sheet = { half: 2.5, up: 2, down: 2.99 };

/** A head looks ahead whatever way it looked in its portrait; a printed one cannot. */
function facing(portrait: Portrait, moment: Moment): Moment {
  return { ...moment, yaw: moment.yaw - portrait.yaw, pitch: moment.pitch - portrait.pitch };
}

function sheetFor(kind: Species, { mesh }: Portrait, chance: Chance): Sheet {
  const small = {
    half: chance.between(1.5, 2.1),
    up: chance.between(1.6, 1.95),
    down: chance.between(2.3, 2.9),
  };
  const large = whole;
  const lean = chance.either(0, 0, 0.4, -0.4, Math.PI / 2);
  switch (kind) {
    case 'print-edges':
      return small;
    case 'print-large':
      return large;
    case 'bent-inward':
      return { ...small, radius: -chance.between(2.5, 6), lean };
    case 'bent-outward':
      return { ...small, radius: chance.between(2.5, 6), lean };
    case 'bent-tight':
      return { ...small, half: 1.6, radius: chance.between(1.4, 2.2) };
    case 'mask-with-eyes': {
      const middle = (a: number, b: number) => ({
        x: (mesh[a].x + mesh[b].x) / 2,
        y: (mesh[a].y + mesh[b].y) / 2,
      });
      return { ...large, cut: true, holes: [middle(33, 133), middle(362, 263)] };
    }
    default:
      return whole;
  }
}

type Light = Pick<Look, 'light' | 'ambient'>;

function lightOf(chance: Chance): Light {
  const [x, y] = [chance.between(-0.6, 0.6), chance.between(-0.7, 0.1)];
  const length = Math.hypot(x, y, 1);
  return { light: [x / length, y / length, -1 / length], ambient: chance.between(0.45, 0.75) };
}

/** A surface made larger about the bridge of the nose and set back by so many eye distances. */
function enlarged(surface: Surface, factor: number, back: number): Surface {
  const places = surface.places.map((value, i) => value * factor + (i % 3 === 2 ? back : 0));
  return { ...surface, places };
}

function bezel(colour: Float32Array): void {
  colour.fill(22);
}
