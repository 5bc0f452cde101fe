import { decode } from '../../appliance/face/decode.js';
import { type RequestedTurn, isFront, type TurnDirection } from '../../appliance/face/liveness/cues.js';
import { thresholds } from '../../appliance/face/liveness/thresholds.js';
import { findSurfaceMarks, type Observation, observe } from '../../appliance/face/liveness/observation.js';
import type { FaceModels } from '../../appliance/face/sessions.js';
import { Tracker } from '../../appliance/face/tracker.js';
import { type Random, seededRandom } from '../random.js';
import type { Actor } from './actor.js';
import { actorOf } from './cast.js';
import { drawBackground, drawShelves, renderFrame } from './film.js';
import { askedAfter, guidedMotion, type Moment, motion } from './motion.js';
import type { Portrait } from './portrait.js';
import type { Kind } from './species.js';

/** What the vault would see of one synthetic sequence. */
export type Sequence = {
  /** What it performs, and when the vault would have asked for it, in milliseconds from the first frame. */
  readonly asked: readonly RequestedTurn[];
  /** Frame by frame, without frames in which no face is certain. */
  readonly sights: readonly Observation[];
};

/** In milliseconds: ten frames a second. */
const between = 100;

/**
 * Renders a sequence and analyses it as the vault does, from the JPEG on.
 *
 * @param lot the challenges to draw from
 */
export async function renderSequence(
  models: FaceModels,
  portrait: Portrait,
  kind: Kind,
  lot: readonly (readonly TurnDirection[])[],
  seed: number,
): Promise<Sequence> {
  const random = seededRandom(seed);
  const [background, filmed] = [await drawBackground(random), await drawBackground(random)];
  const actor = actorOf(kind, portrait, random, filmed);
  const ways = random.oneOf(...lot);
  const moments = motion(random, ways, actor.peak, actor.blinks);
  const asks = askedAfter(ways.length);
  const sights = await observeAll(models, { actor, moments, background }, random, thresholds.looks.most);
  return { asked: ways.map((toward, i) => ({ toward, at: asks[i] * between })), sights };
}

/** What the vault would see of a visitor who is guided and not asked to move; see `guidedMotion`. */
export async function renderGuided(
  models: FaceModels,
  portrait: Portrait,
  kind: Kind,
  seed: number,
): Promise<readonly Observation[]> {
  const random = seededRandom(seed);
  const place = random.oneOf(drawBackground, drawShelves);
  const [background, filmed] = [await place(random), await place(random)];
  const actor = actorOf(kind, portrait, random, filmed);
  return observeAll(models, { actor, moments: guidedMotion(random), background }, random, Infinity);
}

type Film = {
  readonly actor: Actor;
  readonly moments: readonly Moment[];
  readonly background: Float32Array;
};

async function observeAll(
  models: FaceModels,
  { actor, moments, background }: Film,
  random: Random,
  mostLooks: number,
): Promise<Observation[]> {
  const tracker = new Tracker(models);
  const sights: Observation[] = [];
  // Renders the next frame while this one is analysed.
  let next = renderFrame(actor, moments[0], background, random);
  for (let i = 0; i < moments.length; i++) {
    const picture = await decode(await next);
    if (!picture.ok) throw new Error('a rendered frame cannot be decoded');
    if (i + 1 < moments.length) next = renderFrame(actor, moments[i + 1], background, random);
    const face = (await tracker.follow(picture.value)).at(0);
    const sight = face && observe(face, i * between);
    if (!sight) continue;
    const searched = sights.filter(({ marks }) => marks).length;
    const marks =
      isFront(sight) && searched < mostLooks ? { marks: findSurfaceMarks(picture.value, face) } : {};
    sights.push({ ...sight, ...marks });
  }
  return sights;
}
