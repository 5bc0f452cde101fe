import type { Random } from '../random.js';
import type { Actor, Light } from './actor.js';
import { blinked } from './blink.js';
import { printInk } from './ink.js';
import type { Portrait } from './portrait.js';
import { draw, type Material } from './render.js';
import { gridOf } from './screen.js';
import type { FilmSpecies, Species } from './species.js';
import { headOf, type Sheet, sheetOf, type Surface, whole } from './surface.js';

/** The species that show a still picture. */
type Flat = Exclude<Species, FilmSpecies>;

/** A portrait on paper or on a screen, turned by hand. */
export function sheetActor(kind: Flat, portrait: Portrait, random: Random, light: Light): Actor {
  const blinks = kind === 'mask-with-eyes';
  const sheet = sheetOf(sheetFor(kind, portrait, random));
  const screen = kind === 'screen-coarse' ? 'coarse' : kind === 'screen-fine' ? 'fine' : undefined;
  const ink = screen ? gridOf(random, screen) : printInk(random);
  const wearer = blinks ? enlarged(headOf(portrait), 0.85, 0.45) : undefined;
  const frameOfScreen = enlarged(sheetOf(whole), 1.1, 0.02);
  return {
    peak: { aside: random.between(22, 40), nod: random.between(18, 32) },
    blinks,
    show: (canvas, moment) => {
      const material: Material = { ...light, texture: portrait.picture, pivot: 0, ink };
      if (screen) draw(canvas, frameOfScreen, moment, { ...material, ink: bezel });
      // The wearer's own eyes show through the holes, slightly further back.
      if (wearer) {
        draw(canvas, wearer, moment, {
          ...material,
          texture: blinked(portrait, moment.closed),
          ink: () => undefined,
        });
      }
      draw(canvas, sheet, moment, material);
    },
  };
}

function sheetFor(kind: Flat, { mesh }: Portrait, random: Random): Sheet {
  const small = {
    half: random.between(1.5, 2.1),
    up: random.between(1.6, 1.95),
    down: random.between(2.3, 2.9),
  };
  const lean = random.oneOf(0, 0, 0.4, -0.4, Math.PI / 2);
  switch (kind) {
    case 'print-edges':
      return small;
    case 'print-large':
      return whole;
    case 'bent-inward':
      return { ...small, radius: -random.between(2.5, 6), lean };
    case 'bent-outward':
      return { ...small, radius: random.between(2.5, 6), lean };
    case 'bent-tight':
      return { ...small, half: 1.6, radius: random.between(1.4, 2.2) };
    case 'mask-with-eyes': {
      const middle = (a: number, b: number) => ({
        x: (mesh[a].x + mesh[b].x) / 2,
        y: (mesh[a].y + mesh[b].y) / 2,
      });
      return { ...whole, cut: true, holes: [middle(33, 133), middle(362, 263)] };
    }
    default:
      return whole;
  }
}

/** Scales a surface about the bridge of the nose and moves it back, in eye distances. */
function enlarged(surface: Surface, factor: number, back: number): Surface {
  const vertices = surface.vertices.map((value, i) => value * factor + (i % 3 === 2 ? back : 0));
  return { ...surface, vertices };
}

function bezel(colour: Float32Array): void {
  colour.fill(22);
}
