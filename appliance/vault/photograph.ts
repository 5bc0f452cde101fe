import type { Camera } from '../camera/camera.js';
import { decode } from '../face/decode.js';
import type { FaceModels } from '../face/sessions.js';
import { Tracker } from '../face/tracker.js';
import type { FaultCode } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { judge, longestSide, type Shot } from './probe.js';
import type { Bench } from './serve.js';
import { millisecondsSince, taken, type Taken } from './taken.js';

/** A photograph is this many good frames, of which the best are compared. */
const framesNeeded = 5;
export const framesCompared = 3;
/** In milliseconds: after so long without enough good frames, what there is has to do. */
const patience = 25_000;
/** A camera that gives this many broken pictures one after the other is broken itself. */
const brokenInARow = 30;

/** Photographs the visitor: guides them frame by frame until enough frames are good, and keeps the best. */
export async function photograph(camera: Camera, bench: Bench): Promise<Result<Taken, FaultCode>> {
  const { models, holdings, tell, signal } = bench;
  holdings.probe = [];
  const tracker = new Tracker(models);
  const deadline = performance.now() + patience;
  const album = new Album();
  let broken = 0;
  for await (const frame of camera.frames(signal)) {
    if (!frame.ok) return frame;
    const arrived = performance.now();
    const shot = await look(frame.value.encoded, tracker, models);
    broken = shot ? 0 : broken + 1;
    if (broken === brokenInARow) return err('camera-broken-frames');
    if (shot) {
      album.add(shot);
      // Made now, it is there when the comparison asks; of a frame that others will outdo it is not needed.
      const promising = album.best().find(({ portrait }) => portrait === shot.portrait)?.portrait;
      if (promising) await promising.template(!promising.grey && !holdings.document?.grey);
      const { instruction, outline } = shot.assessment;
      tell({ is: 'guidance', instruction, ...(outline ? { outline } : {}) });
      tell({ is: 'progress', fraction: album.progress });
    }
    if (album.progress === 1 || (arrived > deadline && shot)) {
      const best = album.best();
      holdings.probe = best.map(({ portrait, assessment: { quality } }) => ({ portrait, quality }));
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

async function look(encoded: Uint8Array, tracker: Tracker, models: FaceModels): Promise<Shot | undefined> {
  const picture = await decode(encoded, longestSide);
  return picture.ok ? judge(models, picture.value, await tracker.follow(picture.value)) : undefined;
}

type Kept = Required<Shot>;

/** The frames of one photograph that are worth comparing. */
class Album {
  readonly #good: Kept[] = [];
  /** The best frame that can be compared although it could be better. */
  #passable: Kept | undefined;

  get progress(): number {
    return this.#good.length / framesNeeded;
  }

  /** Takes a frame in if it can be compared; one that is merely passable, for want of a better. */
  add({ assessment, portrait }: Shot): void {
    if (!portrait || assessment.findings.some(({ blocking }) => blocking)) return;
    const kept = { assessment, portrait };
    const good = assessment.instruction === 'hold-still' && assessment.findings.length === 0;
    if (good) this.#good.push(kept);
    else if (assessment.quality > (this.#passable?.assessment.quality ?? 0)) this.#passable = kept;
  }

  best(): readonly Kept[] {
    if (this.#good.length === 0) return this.#passable ? [this.#passable] : [];
    return this.#good
      .toSorted((one, other) => other.assessment.quality - one.assessment.quality)
      .slice(0, framesCompared);
  }
}
