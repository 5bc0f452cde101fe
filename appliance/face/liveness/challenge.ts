import type { CueResults, Instruction } from '../../vault/protocol.js';
import { hasBlinked } from './blink.js';
import {
  type Asked,
  follows,
  isFront,
  judge,
  nothingMade,
  partsOf,
  showsRelief,
  type Toward,
} from './judge.js';
import { limits } from './limits.js';
import type { Sight } from './sight.js';

/** In milliseconds: how long each step is waited for before the challenge goes on without it, or is given up. */
const patience = { front: 6000, blink: 6000, turn: 8000, back: 6000 } as const;

/** Frames that are looked at for the marks of screens and sheets: the cue is their median. */
const closeLooks = 5;
/** Frames come back that are waited for. */
const enough = 2;

type Step = 'watching' | keyof typeof patience | 'over';

/**
 * The challenge: to look ahead, blink, turn to a side that nobody knew beforehand, and come back. It knows nothing but
 * what it is shown frame by frame. It watches from the first frame on, so that the pictures that are compared belong
 * to the same series, and asks for something once it is begun.
 */
export class Challenge {
  readonly toward: Toward;
  #series: Sight[] = [];
  #step: Step = 'watching';
  #since = 0;
  /** When the turn was asked for. */
  #askedAt = Infinity;

  constructor(toward: Toward) {
    this.toward = toward;
  }

  begin(): void {
    if (this.#step === 'watching') this.#enter('front', this.#series.at(-1)?.at ?? 0);
  }

  /** Whether the marks of a screen and a sheet should be looked for in this frame. */
  wantsClose(sight: Sight): boolean {
    return isFront(sight) && this.#series.filter(({ close }) => close).length < closeLooks;
  }

  get over(): boolean {
    return this.#step === 'over';
  }

  /** 0 to 1. */
  get progress(): number {
    return { watching: 0, front: 0, blink: 0.2, turn: 0.4, back: 0.8, over: 1 }[this.#step];
  }

  get instruction(): Instruction {
    if (this.#step === 'blink') return 'blink';
    return this.#step === 'turn' ? `turn-${this.toward}` : 'face-front';
  }

  get results(): CueResults {
    return this.over ? judge(this.#series, this.#asked) : nothingMade;
  }

  /**
   * Follows the face into the next frame.
   *
   * @param sight none where no face is sure
   * @returns false where the face was lost or is another one: what was seen counts no more, and the challenge waits
   *   to be begun anew
   */
  see(sight: Sight | undefined): boolean {
    const before = this.#series.at(-1);
    if (sight && (!before || follows(before, sight))) {
      this.#series.push(sight);
      this.#advance(sight.at);
      return true;
    }
    if (!sight && !before) return true;
    this.#series = sight ? [sight] : [];
    this.#step = 'watching';
    this.#askedAt = Infinity;
    return false;
  }

  #advance(at: number): void {
    if (this.#step === 'watching' || this.#step === 'over') return;
    const parts = partsOf(this.#series, this.#asked);
    const { front, turned, back } = parts;
    const late = at - this.#since > patience[this.#step];
    const openings = front.map(({ opening }) => opening);
    const done = {
      front: front.length >= limits.fewest,
      blink: hasBlinked(openings, limits.blink),
      // Whoever turned too little for the relief to show is asked on.
      turn: showsRelief(parts),
      back: back.length >= enough,
    }[this.#step];
    if (done) this.#enter(next[this.#step], at);
    // Whoever does not blink may still turn, and whoever turned in vain still come back.
    else if (late)
      this.#enter(
        this.#step === 'blink' ? 'turn' : turned.length > 0 && this.#step === 'turn' ? 'back' : 'over',
        at,
      );
  }

  get #asked(): Asked {
    return { toward: this.toward, at: this.#askedAt };
  }

  #enter(step: Step, at: number): void {
    if (step === 'turn') this.#askedAt = at;
    this.#step = step;
    this.#since = at;
  }
}

const next = { front: 'blink', blink: 'turn', turn: 'back', back: 'over' } as const;
