import { randomInt } from 'node:crypto';

import { Challenge } from '../face/liveness/challenge.js';
import { turnSequences } from '../face/liveness/turn-sequences.js';
import { findSurfaceMarks, observe } from '../face/liveness/observation.js';
import type { CueResults, Instruction } from '../protocol/vault.js';
import type { AssessedFrame } from './assess-frame.js';

/**
 * In milliseconds, from the first time it began: a face that is lost restarts the challenge, but not for
 * ever. The slowest possible challenge takes 44 seconds.
 */
const challengeTimeout = 45_000;

/**
 * The challenge of one photograph: checks that one live person is in view from the first compared frame to
 * the last requested movement. It keeps points and numbers of each frame, and no pixel.
 */
export class LivenessCheck {
  readonly #challenge = new Challenge(turnSequences[randomInt(turnSequences.length)]);
  #begunAt: number | undefined;
  #begun = false;
  #givenUp = false;

  /** Called when the photograph is complete: from now on the visitor is asked to move. */
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

  /** The movement to ask for; undefined before and after the challenge. */
  get instruction(): Instruction | undefined {
    return this.#begun && !this.over ? this.#challenge.instruction : undefined;
  }

  get results(): CueResults {
    return this.#challenge.results;
  }

  /**
   * Follows the face into the next frame.
   *
   * @returns false if the face was lost or is another one
   */
  follow({ located }: AssessedFrame, arrived: number): boolean {
    this.#givenUp ||= this.#begunAt !== undefined && performance.now() - this.#begunAt > challengeTimeout;
    if (this.over) return true;
    const observation = located && observe(located.face, arrived);
    const marks =
      observation && this.#challenge.wantsMarks(observation)
        ? findSurfaceMarks(located.picture, located.face)
        : undefined;
    const same = this.#challenge.observe(observation && { ...observation, ...(marks ? { marks } : {}) });
    if (!same) this.#begun = false;
    return same;
  }
}
