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

/**
 * A photograph takes at least this many good frames over at least `goodFor` milliseconds; the best are
 * compared.
 */
const framesNeeded = 5;
const goodFor = 500;
export const framesCompared = 3;
/** In milliseconds. After this the frames so far must do. */
const photographTimeout = 25_000;
/** This many broken pictures in a row are the camera's fault. */
const brokenInARow = 30;

/**
 * Photographs the visitor: guides them until enough frames are good, and keeps the best. With a challenge the
 * camera runs until the challenge is over; losing the face meanwhile starts the photograph again.
 */
export async function photograph(
  camera: Camera,
  context: TaskContext,
  challenge: boolean,
): Promise<Result<Taken, FaultCode>> {
  const { models, holdings, tell, signal } = context;
  holdings.probe = [];
  const tracker = new Tracker(models);
  const deadline = performance.now() + photographTimeout;
  let bestFrames = new BestFrames();
  const liveness = challenge ? new LivenessCheck() : undefined;
  let broken = 0;
  for await (const frame of camera.frames(signal)) {
    if (!frame.ok) return frame;
    const arrived = performance.now();
    const shot = await assessFrame(frame.value.encoded, tracker, models);
    broken = shot ? 0 : broken + 1;
    if (broken === brokenInARow) return err('camera-broken-frames');
    if (shot) {
      if (liveness && !(await liveness.follow(shot, arrived))) bestFrames = new BestFrames();
      if (bestFrames.progress < 1) bestFrames.add(shot, arrived);
      // Computed now, the template is ready for the comparison. Frames that are not among the best need none.
      const promising = bestFrames.best.find(({ portrait }) => portrait === shot.portrait)?.portrait;
      if (promising) await promising.template(!promising.grey && !holdings.document?.grey);
      if (bestFrames.progress === 1) liveness?.begin();
      const { outline } = shot.assessment;
      const instruction = liveness?.instruction ?? shot.assessment.instruction;
      tell({ is: 'guidance', instruction, ...(outline ? { outline } : {}) });
      tell({
        is: 'progress',
        fraction: liveness ? (bestFrames.progress + liveness.progress) / 2 : bestFrames.progress,
      });
    }
    // A running challenge has its own timeouts.
    const done = bestFrames.progress === 1 && (liveness?.over ?? true);
    if (done || (arrived > deadline && shot && !liveness?.underWay)) {
      const { best } = bestFrames;
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

async function assessFrame(
  encoded: Uint8Array,
  tracker: Tracker,
  models: FaceModels,
): Promise<Shot | undefined> {
  const picture = await decode(encoded, longestSide);
  return picture.ok ? judge(models, picture.value, await tracker.follow(picture.value)) : undefined;
}

type ComparableFrame = Required<Pick<Shot, 'assessment' | 'portrait'>>;

/** The frames of one photograph that are worth comparing. */
class BestFrames {
  /** The best good frames, and the number of all good frames; worse ones are not kept. */
  #best: readonly ComparableFrame[] = [];
  #good = 0;
  /** The best frame that has findings but none that block a comparison. */
  #passable: ComparableFrame | undefined;
  /** Arrival of the first and the last good frame, as `performance.now()`. */
  #from = 0;
  #to = 0;

  get progress(): number {
    return Math.min(this.#good / framesNeeded, (this.#to - this.#from) / goodFor, 1);
  }

  /** Adds a frame if it can be compared; one with findings counts only while there is no good one. */
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

  /** Best first. */
  get best(): readonly ComparableFrame[] {
    return this.#best.length > 0 || !this.#passable ? this.#best : [this.#passable];
  }
}

function byQuality(one: ComparableFrame, other: ComparableFrame): number {
  return other.assessment.quality - one.assessment.quality;
}
