import type { Chance } from '../chance.js';
import { blinked } from './blink.js';
import type { Moment } from './motion.js';
import type { Portrait } from './portrait.js';
import type { Look } from './render.js';
import { type Ink, moire, paper } from './ink.js';
import { bridge, eyes } from './portrait.js';
import { type Canvas, draw } from './render.js';
import { headOf, type Sheet, sheetOf, type Surface } from './surface.js';

/** Something that stands before the camera, and how it is drawn at a moment. */
export type Actor = {
  /** In degrees: how far it is turned when it is asked to turn. */
  readonly peak: number;
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
] as const;
export type Species = (typeof species)[number];

export type Kind = Species | 'bona-fide';

export function actorOf(kind: Kind, portrait: Portrait, chance: Chance): Actor {
  const light = lightOf(chance);
  if (kind === 'bona-fide') return headActor(portrait, chance, light);
  if (kind === 'video-coarse' || kind === 'video-fine') return videoActor(kind, portrait, chance, light);
  const blinks = kind === 'mask-with-eyes';
  const sheet = sheetOf(sheetFor(kind, portrait, chance));
  const screen = kind === 'screen-coarse' || kind === 'screen-fine';
  const ink = screen ? moire(chance, kind === 'screen-fine') : paper(chance);
  const wearer = blinks ? enlarged(headOf(portrait), 0.85, 0.45) : undefined;
  const frameOfScreen = enlarged(sheetOf(whole), 1.1, 0.02);
  return {
    peak: chance.between(22, 40),
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

function headActor(portrait: Portrait, chance: Chance, light: Light): Actor {
  const head = headOf(portrait);
  return {
    peak: chance.between(24, 36),
    blinks: true,
    show: (canvas, moment) =>
      draw(canvas, head, facing(portrait, moment), {
        ...light,
        texture: blinked(portrait, moment.closed),
        pivot: 1.4,
      }),
  };
}

/** A film of a head that turns and blinks, to the very side that was asked for, on a screen held still. */
function videoActor(
  kind: 'video-coarse' | 'video-fine',
  portrait: Portrait,
  chance: Chance,
  light: Light,
): Actor {
  const head = headOf(portrait);
  const panel = sheetOf(whole);
  const grid = moire(chance, kind === 'video-fine');
  const edges = chance.either(true, false);
  const frameOfScreen = enlarged(panel, 1.1, 0.05);
  const glass = enlarged(panel, edges ? 1 : 2.4, 0.02);
  const held = { yaw: chance.between(-4, 4), pitch: chance.between(-4, 4), roll: chance.between(-4, 4) };
  return {
    peak: chance.between(24, 36),
    blinks: true,
    show: (canvas, moment) => {
      const screen = { ...moment, ...held };
      const flat = { ...light, texture: portrait.picture, pivot: 0 };
      // The grid is the screen's own and stays where it is while the head in the film turns.
      const scale = eyes / moment.size;
      const onScreen: Ink = (colour, _u, _v, x, y) =>
        grid(colour, bridge.x + (x - moment.x) * scale, bridge.y + (y - moment.y) * scale, x, y);
      if (edges) draw(canvas, frameOfScreen, screen, { ...flat, ink: bezel });
      draw(canvas, glass, screen, {
        ...flat,
        ink: (colour, u, v, x, y) => {
          room(colour);
          onScreen(colour, u, v, x, y);
        },
      });
      canvas.depths.fill(Infinity);
      draw(canvas, head, facing(portrait, moment), {
        ...light,
        texture: blinked(portrait, moment.closed),
        pivot: 1.4,
        ink: onScreen,
      });
    },
  };
}

/** The whole portrait. */
const whole: Sheet = { half: 2.5, up: 2, down: 2.99 };

/** A head looks ahead whatever way it looked in its portrait; a printed one cannot. */
function facing(portrait: Portrait, moment: Moment): Moment {
  return { ...moment, yaw: moment.yaw - portrait.yaw };
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

function room(colour: Float32Array): void {
  colour.set([168, 164, 156]);
}
