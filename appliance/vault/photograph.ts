import type { Camera } from '../camera/camera.js';
import { decode } from '../face/decode.js';
import type { FaceModels } from '../face/sessions.js';
import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { Portrait } from './holdings.js';
import { longestSide, lookAtProbe, type Shot } from './probe.js';
import type { Bench } from './serve.js';
import { LivenessCheck } from './liveness.js';
import { millisecondsSince, taken, type Taken } from './taken.js';

/** A photograph is this many good frames, of which the best are compared. */
const framesNeeded = 5;
const framesCompared = 3;
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
  bench: Bench,
  challenge: boolean,
): Promise<Result<Taken, FaultCode>> {
  const { models, holdings, tell, signal } = bench;
  holdings.probe = [];
  const deadline = performance.now() + patience;
  let album = new Album();
  const liveness = challenge ? new LivenessCheck() : undefined;
  let broken = 0;
  for await (const frame of camera.frames(signal)) {
    if (!frame.ok) return frame;
    const arrived = performance.now();
    const shot = await look(models, frame.value.encoded);
    broken = shot ? 0 : broken + 1;
    if (broken === brokenInARow) return err('camera-broken-frames');
    if (shot) {
      if (liveness && !(await liveness.follow(shot, arrived))) album = new Album();
      const added = album.progress < 1 ? album.add(shot) : undefined;
      // The comparison finds it ready, unless the two sides turn out to be grey and coloured.
      if (added) await added.template(!added.grey && !holdings.document?.grey);
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
      const best = album.best();
      holdings.probe = best.map(({ portrait }) => portrait);
      const { findings } = (best.at(0) ?? shot!).assessment;
      return ok({
        ...taken(findings, millisecondsSince(arrived)),
        ...(liveness ? { cues: liveness.results } : {}),
      });
    }
  }
  return err('camera-no-frames');
}

async function look(models: FaceModels, encoded: Uint8Array): Promise<Shot | undefined> {
  const picture = await decode(encoded, longestSide);
  return picture.ok ? lookAtProbe(models, picture.value) : undefined;
}

type Kept = Required<Pick<Shot, 'assessment' | 'portrait'>>;

/** The frames of one photograph that are worth comparing. */
class Album {
  readonly #good: Kept[] = [];
  /** The best frame that can be compared although it could be better. */
  #passable: Kept | undefined;

  get progress(): number {
    return this.#good.length / framesNeeded;
  }

  /** Returns the face if its frame is good; one that is merely passable is kept for want of a better. */
  add({ assessment, portrait }: Shot): Portrait | undefined {
    if (!portrait || assessment.findings.some(({ blocking }) => blocking)) return undefined;
    const kept = { assessment, portrait };
    if (assessment.instruction === 'hold-still' && assessment.findings.length === 0) {
      this.#good.push(kept);
      return portrait;
    }
    if (assessment.quality > (this.#passable?.assessment.quality ?? 0)) this.#passable = kept;
    return undefined;
  }

  best(): readonly Kept[] {
    if (this.#good.length === 0) return this.#passable ? [this.#passable] : [];
    return this.#good
      .toSorted((one, other) => other.assessment.quality - one.assessment.quality)
      .slice(0, framesCompared);
  }
}
