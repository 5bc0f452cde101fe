import type { CueResults, Instruction } from '../../protocol/vault.js';
import { hasBlinked } from './blink.js';
import {
  type RequestedTurn,
  continues,
  frontOf,
  isFront,
  evaluateCues,
  noResults,
  type TurnDirection,
  turnsOf,
} from './cues.js';
import { thresholds } from './thresholds.js';
import type { Observation } from './observation.js';

/** In milliseconds: the timeout of each step, after which the challenge continues without it or ends. */
const timeouts = { front: 5000, blink: 6000, turn: 7000, back: 4000 } as const;

/** The number of frames that must show the head back in front. */
const framesBack = 2;

type Step = 'watching' | keyof typeof timeouts | 'over';

/**
 * The challenge: look ahead, blink, and turn the head in unpredictable directions, returning to the front after each.
 * It uses only the observations it receives. It records from the first frame on, so that the compared pictures belong
 * to the same series, and asks for movements once begun.
 */
export class Challenge {
  readonly ways: readonly TurnDirection[];
  #series: Observation[] = [];
  #step: Step = 'watching';
  #since = 0;
  /** The turns requested so far. */
  #requested: RequestedTurn[] = [];

  constructor(ways: readonly TurnDirection[]) {
    this.ways = ways;
  }

  begin(): void {
    if (this.#step === 'watching') this.#enter('front', this.#series.at(-1)?.at ?? 0);
  }

  /** Whether to look for the marks of a screen and a sheet in this frame. */
  wantsMarks(observation: Observation): boolean {
    const looks = this.#series.filter(({ marks }) => marks);
    const { most, apart } = thresholds.looks;
    return (
      isFront(observation) && looks.length < most && observation.at - (looks.at(-1)?.at ?? -Infinity) >= apart
    );
  }

  get over(): boolean {
    return this.#step === 'over';
  }

  /** 0 to 1. */
  get progress(): number {
    // The blink, each turn and each way back count as one step.
    const steps = 1 + 2 * this.ways.length;
    const requested = 2 * this.#requested.length;
    const done = { watching: 0, front: 0, blink: 0, turn: requested - 1, back: requested, over: steps }[
      this.#step
    ];
    return done / steps;
  }

  get instruction(): Instruction {
    if (this.#step === 'blink') return 'blink';
    const requested = this.#requested.at(-1);
    return this.#step === 'turn' && requested ? `turn-${requested.toward}` : 'face-front';
  }

  get results(): CueResults {
    if (!this.over) return noResults;
    const results = evaluateCues(this.#series, this.#requested);
    // After an early end nothing is known of the turns that were not requested.
    return this.#requested.length < this.ways.length ? { ...results, relief: 'not-made' } : results;
  }

  /**
   * Follows the face into the next frame.
   *
   * @param observation undefined if no face is certain
   * @returns false if the face was lost or is another one: the series is discarded, and the challenge has to begin
   *   again
   */
  observe(observation: Observation | undefined): boolean {
    const before = this.#series.at(-1);
    if (observation && (!before || continues(before, observation))) {
      this.#series.push(observation);
      this.#advance(observation.at);
      return true;
    }
    if (!observation && !before) return true;
    this.#series = observation ? [observation] : [];
    this.#step = 'watching';
    this.#requested = [];
    return false;
  }

  #advance(at: number): void {
    if (this.#step === 'watching' || this.#step === 'over') return;
    const front = frontOf(this.#series, this.#requested);
    const turn = turnsOf(this.#series, this.#requested).at(-1);
    const done = {
      front: front.length >= thresholds.fewest,
      blink: hasBlinked(
        front.map(({ opening }) => opening),
        thresholds.blink,
      ),
      // A turn too small to show relief is requested until it is large enough.
      turn: turn?.shown,
      back: turn && turn.back.length >= framesBack,
    }[this.#step];
    // Without a blink the turns can still be made; a missing turn, or one in another direction, fails the challenge.
    if (done || (this.#step === 'blink' && this.#isLate(at))) this.#enter(this.#next(), at);
    else if (turn?.astray.length || this.#isLate(at)) this.#enter('over', at);
  }

  #isLate(at: number): boolean {
    return this.#step in timeouts && at - this.#since > timeouts[this.#step as keyof typeof timeouts];
  }

  #next(): Step {
    switch (this.#step) {
      case 'front':
        return 'blink';
      case 'turn':
        return 'back';
      default:
        return this.#requested.length < this.ways.length ? 'turn' : 'over';
    }
  }

  #enter(step: Step, at: number): void {
    if (step === 'turn') this.#requested.push({ toward: this.ways[this.#requested.length], at });
    this.#step = step;
    this.#since = at;
  }
}
