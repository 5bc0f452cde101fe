import type { Face } from '../faces.js';
import type { RgbImage } from '../image.js';
import { continues, isFront } from './cues.js';
import { hueRotation, steadyLumaWave } from './moire.js';
import { findSurfaceMarks, type Observation, observe, type SurfaceMarks } from './observation.js';
import { reliefOf } from './relief.js';
import { thresholds } from './thresholds.js';

/** A frame from the front that was searched for the marks of a screen and a sheet. */
export type Look = Observation & { readonly marks: SurfaceMarks };

/**
 * Watches a visitor who is guided and asked for no movement. It only ever raises a suspicion: a bent print, a film or a
 * mask raises none. It keeps points and numbers of the last frames, and no pixel.
 */
export class PictureWatch {
  #last: Observation | undefined;
  #looks: readonly Look[] = [];

  /**
   * Follows the face into the next frame. Another face, or one that was lost, is watched anew.
   *
   * @param seen undefined if there is no face
   * @param at when the frame arrived, in milliseconds of any clock
   */
  follow(seen: { readonly picture: RgbImage; readonly face: Face } | undefined, at: number): void {
    const before = this.#last;
    const observation = seen && observe(seen.face, at);
    this.#last = observation;
    if (!observation || (before && !continues(before, observation))) this.#looks = [];
    if (!observation || !this.#wants(observation)) return;
    const look = { ...observation, marks: findSurfaceMarks(seen.picture, seen.face) };
    this.#looks = [...this.#looks, look].slice(-thresholds.looks.most);
  }

  /** Whether a picture or a screen may be shown instead of a face. */
  get suspects(): boolean {
    return suspectsPicture(this.#looks);
  }

  /** A search takes a third of what a frame takes otherwise, so not every frame is searched. */
  #wants(observation: Observation): boolean {
    return (
      isFront(observation) && observation.at - (this.#looks.at(-1)?.at ?? -Infinity) >= thresholds.watch.apart
    );
  }
}

/**
 * Whether frames from the front show a screen's grid, or a sheet's edges around a face that showed no relief. Of too few
 * frames nothing is said.
 */
export function suspectsPicture(looks: readonly Look[]): boolean {
  if (looks.length < thresholds.watch.fewest) return false;
  const spectra = looks.map(({ marks }) => marks.spectra);
  return (
    hueRotation(spectra) > thresholds.watch.hue ||
    steadyLumaWave(spectra) > thresholds.watch.wave ||
    (showsSheet(looks) && !showsRelief(looks))
  );
}

/**
 * Whether most frames show a sheet's edges: unbroken on all sides, or, in front of little else, on all but one, which a
 * hand may cover. Where shelves or a crowd fill the picture, straight edges are on some sides by chance.
 */
function showsSheet(looks: readonly Look[]): boolean {
  const { busy: most, unbroken } = thresholds.watch;
  const { straight, sides } = thresholds.edge;
  const clear = looks.filter(({ marks: { edges, busy } }) => {
    const clearly = edges.filter((edge) => edge >= straight).length >= sides;
    return edges.every((edge) => edge >= unbroken) || (busy <= most && clearly);
  });
  return clear.length > looks.length / 2;
}

/** Whether the face left its plane between two frames and the last one, as a sheet does not. */
function showsRelief(looks: readonly Look[]): boolean {
  const last = looks[looks.length - 1];
  const clear = looks.filter((look) => reliefOf(last, look).plane >= thresholds.watch.relief);
  return clear.length >= thresholds.shown;
}
