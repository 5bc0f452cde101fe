import { decode } from '../../appliance/face/decode.js';
import { isFront } from '../../appliance/face/liveness/judge.js';
import { lookClosely, type Sight, sightOf } from '../../appliance/face/liveness/sight.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { Tracker } from '../../appliance/face/tracker.js';
import { chance } from '../chance.js';
import { shoot, wall } from './film.js';
import { askedAfter, motion, type Side } from './motion.js';
import type { Portrait } from './portrait.js';
import { actorOf, type Kind } from './species.js';

/** What the vault would see of one made sequence. */
export type Sequence = {
  readonly toward: Side;
  /** When the turn was asked for, in milliseconds from the first frame. */
  readonly askedAt: number;
  /** Frame by frame; a frame without a sure face is missing. */
  readonly sights: readonly Sight[];
};

/** In milliseconds: ten frames a second. */
const between = 100;

/** Films a sequence and looks at it as the vault does, from the JPEG on. */
export async function film(
  models: FaceModels,
  portrait: Portrait,
  kind: Kind,
  seed: number,
): Promise<Sequence> {
  const luck = chance(seed);
  const actor = actorOf(kind, portrait, luck);
  const background = await wall(luck);
  const toward = luck.either<Side>('left', 'right');
  const tracker = new Tracker(models);
  const sights: Sight[] = [];
  for (const [i, moment] of motion(luck, toward, actor.peak, actor.blinks).entries()) {
    const picture = await decode(await shoot(actor, moment, background, luck));
    if (!picture.ok) throw new Error('a frame of a made sequence cannot be decoded');
    const face = (await tracker.follow(picture.value)).at(0);
    const sight = face && sightOf(face, i * between);
    if (!sight) continue;
    const close = i <= askedAfter && isFront(sight) ? { close: await lookClosely(picture.value, face) } : {};
    sights.push({ ...sight, ...close });
  }
  return { toward, askedAt: askedAfter * between, sights };
}
