import type { Camera } from '../camera/camera.js';
import { decode } from '../face/decode.js';
import type { FaceModels } from '../face/sessions.js';
import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { Portrait } from './holdings.js';
import { longestSide, lookAtProbe, type Shot } from './probe.js';
import type { Bench } from './serve.js';
import { millisecondsSince, taken, type Taken } from './taken.js';

/** A photograph is this many good frames, over so many milliseconds, of which the best are compared. */
const framesNeeded = 5;
const goodFor = 500;
const framesCompared = 3;
/** In milliseconds: after so long without enough good frames, what there is has to do. */
const patience = 25_000;
/** A camera that gives this many broken pictures one after the other is broken itself. */
const brokenInARow = 30;

/** Photographs the visitor: guides them frame by frame until enough frames are good, and keeps the best. */
export async function photograph(camera: Camera, bench: Bench): Promise<Result<Taken, FaultCode>> {
  const { models, holdings, tell, signal } = bench;
  holdings.probe = [];
  const deadline = performance.now() + patience;
  const album = new Album();
  let broken = 0;
  for await (const frame of camera.frames(signal)) {
    if (!frame.ok) return frame;
    const arrived = performance.now();
    const shot = await look(models, frame.value.encoded);
    broken = shot ? 0 : broken + 1;
    if (broken === brokenInARow) return err('camera-broken-frames');
    if (shot) {
      const added = album.add(shot, arrived);
      // The comparison finds it ready, unless the two sides turn out to be grey and coloured.
      if (added) await added.template(!added.grey && !holdings.document?.grey);
      const { instruction, outline } = shot.assessment;
      tell({ is: 'guidance', instruction, ...(outline ? { outline } : {}) });
      tell({ is: 'progress', fraction: album.progress });
    }
    if (album.progress === 1 || (arrived > deadline && shot)) {
      const best = album.best();
      holdings.probe = best.map(({ portrait }) => portrait);
      return ok(
        taken(
          best.length > 0 ? best[0].assessment.findings : shot!.assessment.findings,
          millisecondsSince(arrived),
        ),
      );
    }
  }
  return err('camera-no-frames');
}

async function look(models: FaceModels, encoded: Uint8Array): Promise<Shot | undefined> {
  const picture = await decode(encoded, longestSide);
  return picture.ok ? lookAtProbe(models, picture.value) : undefined;
}

type Kept = Required<Shot>;

/** The frames of one photograph that are worth comparing. */
class Album {
  readonly #good: Kept[] = [];
  /** The best frame that can be compared although it could be better. */
  #passable: Kept | undefined;

  /** When the first and the last good frame arrived. */
  #from = 0;
  #to = 0;

  get progress(): number {
    return Math.min(this.#good.length / framesNeeded, (this.#to - this.#from) / goodFor, 1);
  }

  /** Returns the face if its frame is good; one that is merely passable is kept for want of a better. */
  add({ assessment, portrait }: Shot, arrived: number): Portrait | undefined {
    if (!portrait || assessment.findings.some(({ blocking }) => blocking)) return undefined;
    const kept = { assessment, portrait };
    if (assessment.instruction === 'hold-still' && assessment.findings.length === 0) {
      if (this.#good.length === 0) this.#from = arrived;
      this.#to = arrived;
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
