import type { Random } from '../random.js';
import { type Actor, lightOf } from './actor.js';
import { filmActor } from './film-actor.js';
import { headActor } from './head-actor.js';
import type { Portrait } from './portrait.js';
import { sheetActor } from './sheet-actor.js';
import type { Kind } from './species.js';

/** @param filmed the background of the film on a screen */
export function actorOf(kind: Kind, portrait: Portrait, random: Random, filmed: Float32Array): Actor {
  const light = lightOf(random);
  switch (kind) {
    case 'bona-fide':
      return headActor(portrait, random, light);
    case 'video-coarse':
      return filmActor('coarse', portrait, random, light, filmed);
    case 'video-fine':
      return filmActor('fine', portrait, random, light, filmed);
    case 'video-finest':
      return filmActor('finest', portrait, random, light, filmed);
    default:
      return sheetActor(kind, portrait, random, light);
  }
}
