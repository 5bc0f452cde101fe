import type { Camera } from '../camera/camera.js';
import { decode } from '../face/decode.js';
import type { FaceModels } from '../face/sessions.js';
import { Tracker } from '../face/tracker.js';
import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { judge, longestSide, type Shot } from './probe.js';
import type { TaskContext } from './task-context.js';
import { LivenessCheck } from './liveness.js';
import { millisecondsSince, taken, type Taken } from './taken.js';

/** A photograph is this many good frames, over so many milliseconds, of which the best are compared. */
const framesNeeded = 5;
const goodFor = 500;
export const framesCompared = 3;
/** In milliseconds: after so long without enough good frames, what there is has to do. */
const patience = 25_000;
/** A camera that gives this many broken pictures one after the other is broken itself. */
const brokenInARow = 30;

/**
 * Photographs the visitor: guides them frame by frame until enough frames are good, and keeps the best. With a
 * challenge the camera goes on until it is over; a face that is lost meanwhile is photographed anew.
 */
export async function photograph(
  camera: Camera,
  context: TaskContext,
  challenge: boolean,
): Promise<Result<Taken, FaultCode>> {
  const { models, holdings, tell, signal } = context;
  holdings.probe = [];
  const tracker = new Tracker(models);
  const deadline = performance.now() + patience;
  let album = new Album();
  const liveness = challenge ? new LivenessCheck() : undefined;
  let broken = 0;
  for await (const frame of camera.frames(signal)) {
    if (!frame.ok) return frame;
    const arrived = performance.now();
    const shot = await look(frame.value.encoded, tracker, models);
    broken = shot ? 0 : broken + 1;
    if (broken === brokenInARow) return err('camera-broken-frames');
    if (shot) {
      if (liveness && !(await liveness.follow(shot, arrived))) album = new Album();
      if (album.progress < 1) album.add(shot, arrived);
      // Made now, it is there when the comparison asks; of a frame that others will outdo it is not needed.
      const promising = album.best.find(({ portrait }) => portrait === shot.portrait)?.portrait;
      if (promising) await promising.template(!promising.grey && !holdings.document?.grey);
      if (album.progress === 1) liveness?.begin();
      const { outline } = shot.assessment;
      const instruction = liveness?.instruction ?? shot.assessment.instruction;
      tell({ is: 'guidance', instruction, ...(outline ? { outline } : {}) });
      tell({
        is: 'progress',
        fraction: liveness ? (album.progress + liveness.progress) / 2 : album.progress,
      });
    }
    // A challenge that was begun has its own patience with each of its steps.
    const done = album.progress === 1 && (liveness?.over ?? true);
    if (done || (arrived > deadline && shot && !liveness?.underWay)) {
      const { best } = album;
      holdings.probe = best.map(({ portrait, assessment: { quality } }) => ({ portrait, quality }));
      const { findings } = (best.at(0) ?? shot!).assessment;
      return ok({
        ...taken(findings, millisecondsSince(arrived)),
        ...(liveness ? { cues: liveness.results } : {}),
      });
    }
  }
  return err('camera-no-frames');
}

async function look(encoded: Uint8Array, tracker: Tracker, models: FaceModels): Promise<Shot | undefined> {
  const picture = await decode(encoded, longestSide);
  return picture.ok ? judge(models, picture.value, await tracker.follow(picture.value)) : undefined;
}

type Kept = Required<Pick<Shot, 'assessment' | 'portrait'>>;

/** The frames of one photograph that are worth comparing. */
class Album {
  /** The best of the good frames, and how many there were in all; what others outdid is not kept. */
  #best: readonly Kept[] = [];
  #good = 0;
  /** The best frame that can be compared although it could be better. */
  #passable: Kept | undefined;
  /** When the first and the last good frame arrived. */
  #from = 0;
  #to = 0;

  get progress(): number {
    return Math.min(this.#good / framesNeeded, (this.#to - this.#from) / goodFor, 1);
  }

  /** Takes a frame in if it can be compared; one that is merely passable, for want of a better. */
  add({ assessment, portrait }: Shot, arrived: number): void {
    if (!portrait || assessment.findings.some(({ blocking }) => blocking)) return;
    const kept = { assessment, portrait };
    if (assessment.instruction === 'hold-still' && assessment.findings.length === 0) {
      if (this.#good === 0) this.#from = arrived;
      this.#to = arrived;
      this.#good += 1;
      this.#best = [...this.#best, kept].toSorted(byQuality).slice(0, framesCompared);
    } else if (assessment.quality > (this.#passable?.assessment.quality ?? 0)) {
      this.#passable = kept;
    }
  }

  /** The best first. */
  get best(): readonly Kept[] {
    return this.#best.length > 0 || !this.#passable ? this.#best : [this.#passable];
  }
}

function byQuality(one: Kept, other: Kept): number {
  return other.assessment.quality - one.assessment.quality;
}
