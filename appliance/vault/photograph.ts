import type { Camera } from '../camera/camera.js';
import { decode } from '../face/decode.js';
import type { FaceModels } from '../face/sessions.js';
import { PictureWatch } from '../face/liveness/picture-watch.js';
import { Tracker } from '../face/tracker.js';
import type { FaultCode, Finding } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { assessFaces, longestProbeSide, type AssessedFrame } from './assess-frame.js';
import type { TaskContext } from './task-context.js';
import { LivenessCheck } from './liveness.js';
import { millisecondsSince, captured, type CaptureResult } from './capture-result.js';

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

/** Only a warning: the clerk looks, and decides. */
const suspicion: Finding = { side: 'probe', code: 'picture-suspected', blocking: false };

/**
 * Photographs the visitor: guides them until enough frames are good, and keeps the best. Meanwhile it watches for a
 * picture or a screen that is shown instead of a face. With a challenge, which does so too, the camera runs until the
 * challenge is over; losing the face meanwhile starts the photograph again.
 */
export async function photograph(
  camera: Camera,
  context: TaskContext,
  challenge: boolean,
): Promise<Result<CaptureResult, FaultCode>> {
  const { models, samples, report, signal } = context;
  samples.probe = [];
  const tracker = new Tracker(models);
  const deadline = performance.now() + photographTimeout;
  let bestFrames = new BestFrames();
  const liveness = challenge ? new LivenessCheck() : undefined;
  const watch = challenge ? undefined : new PictureWatch();
  let broken = 0;
  for await (const frame of camera.frames(signal)) {
    if (!frame.ok) return frame;
    const arrived = performance.now();
    const assessed = await decodeAndAssess(frame.value.encoded, tracker, models);
    broken = assessed ? 0 : broken + 1;
    if (broken === brokenInARow) return err('camera-broken-frames');
    if (assessed) {
      if (liveness && !liveness.follow(assessed, arrived)) bestFrames = new BestFrames();
      watch?.follow(assessed.located, arrived);
      if (bestFrames.progress < 1) bestFrames.add(assessed, arrived);
      // Computed now, the template is ready for the comparison. Frames that are not among the best need none.
      const promising = bestFrames.best.find(({ sample }) => sample === assessed.sample)?.sample;
      if (promising) await promising.template(!promising.grey && !samples.document?.grey);
      if (bestFrames.progress === 1) liveness?.begin();
      const { outline } = assessed.assessment;
      const instruction = liveness?.instruction ?? assessed.assessment.instruction;
      report({ is: 'guidance', instruction, ...(outline ? { outline } : {}) });
      const progress = liveness ? (bestFrames.progress + liveness.progress) / 2 : bestFrames.progress;
      report({ is: 'progress', percent: Math.floor(progress * 100) });
    }
    // A running challenge has its own timeouts.
    const done = bestFrames.progress === 1 && (liveness?.over ?? true);
    if (done || (arrived > deadline && assessed && !liveness?.underWay)) {
      const { best } = bestFrames;
      samples.probe = best.map(({ sample, assessment: { quality } }) => ({ sample, quality }));
      const { findings } = (best.at(0) ?? assessed!).assessment;
      return ok({
        ...captured([...findings, ...(watch?.suspects ? [suspicion] : [])], millisecondsSince(arrived)),
        ...(liveness ? { cues: liveness.results } : {}),
      });
    }
  }
  return err('camera-no-frames');
}

async function decodeAndAssess(
  encoded: Uint8Array,
  tracker: Tracker,
  models: FaceModels,
): Promise<AssessedFrame | undefined> {
  const picture = await decode(encoded, longestProbeSide);
  return picture.ok ? assessFaces(models, picture.value, await tracker.follow(picture.value)) : undefined;
}

type ComparableFrame = Required<Pick<AssessedFrame, 'assessment' | 'sample'>>;

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
  add({ assessment, sample }: AssessedFrame, arrived: number): void {
    if (!sample || assessment.findings.some(({ blocking }) => blocking)) return;
    const comparable = { assessment, sample };
    if (assessment.instruction === 'hold-still' && assessment.findings.length === 0) {
      if (this.#good === 0) this.#from = arrived;
      this.#to = arrived;
      this.#good += 1;
      this.#best = [...this.#best, comparable].toSorted(byQuality).slice(0, framesCompared);
    } else if (assessment.quality > (this.#passable?.assessment.quality ?? 0)) {
      this.#passable = comparable;
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
