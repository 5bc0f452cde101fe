import type { Chance } from '../chance.js';
import { type Actor, lightOf } from './actor.js';
import { filmActor } from './film-actor.js';
import { headActor } from './head-actor.js';
import type { Portrait } from './portrait.js';
import { sheetActor } from './sheet-actor.js';
import type { Kind } from './species.js';

/** @param filmed the background of the film on a screen */
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
