import { randomInt } from 'node:crypto';

import { Challenge } from '../face/liveness/challenge.js';
import { lot } from '../face/liveness/lot.js';
import { lookClosely, sightOf } from '../face/liveness/sight.js';
import type { CueResults, Instruction } from '../protocol/vault.js';
import type { Shot } from './probe.js';

/**
 * In milliseconds, from its first beginning: how long a face may be lost again and again before the challenge is given
 * up. One in which all goes as slowly as may be takes 44 seconds.
 */
const patience = 45_000;

/**
 * The challenge of one photograph: whether a live person stood there from the first picture that is compared to the
 * last that was asked for. It keeps points and numbers of each frame and no pixel.
 */
export class LivenessCheck {
  readonly #challenge = new Challenge(lot[randomInt(lot.length)]);
  #begunAt: number | undefined;
  #begun = false;
  #givenUp = false;

  /** The photograph is taken: from now on the visitor is asked for something. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    this.#begunAt ??= performance.now();
    this.#challenge.begin();
  }

  get underWay(): boolean {
    return this.#begunAt !== undefined && !this.over;
  }

  get over(): boolean {
    return this.#givenUp || this.#challenge.over;
  }

  get progress(): number {
    return this.#begun ? this.#challenge.progress : 0;
  }

  /** What to ask for next, as long as it is the challenge that asks. */
  get instruction(): Instruction | undefined {
    return this.#begun && !this.over ? this.#challenge.instruction : undefined;
  }

  get results(): CueResults {
    return this.#challenge.results;
  }

  /** Follows the face into the next frame; false where it was lost, or is another one. */
  async follow({ seen }: Shot, arrived: number): Promise<boolean> {
    this.#givenUp ||= this.#begunAt !== undefined && performance.now() - this.#begunAt > patience;
    if (this.over) return true;
    const sight = seen && sightOf(seen.face, arrived);
    const close =
      sight && this.#challenge.wantsClose(sight) ? await lookClosely(seen.picture, seen.face) : undefined;
    const same = this.#challenge.see(sight && { ...sight, ...(close ? { close } : {}) });
    if (!same) this.#begun = false;
    return same;
  }
}
