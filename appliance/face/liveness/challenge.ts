import type { CueResults, Instruction } from '../../protocol/vault.js';
import { hasBlinked } from './blink.js';
import { type Asked, follows, frontOf, isFront, judge, nothingMade, type Toward, turnsOf } from './judge.js';
import { limits } from './limits.js';
import type { Sight } from './sight.js';

/** In milliseconds: how long each step is waited for before the challenge goes on without it, or is given up. */
const patience = { front: 5000, blink: 6000, turn: 7000, back: 4000 } as const;

/** Frames come back that are waited for. */
const enough = 2;

type Step = 'watching' | keyof typeof patience | 'over';

/**
 * The challenge: to look ahead, blink, and turn the head ways that nobody knew beforehand, coming back after each. It
 * knows nothing but what it is shown frame by frame. It watches from the first frame on, so that the pictures that are
 * compared belong to the same series, and asks for something once it is begun.
 */
export class Challenge {
  readonly ways: readonly Toward[];
  #series: Sight[] = [];
  #step: Step = 'watching';
  #since = 0;
  /** The turns that were asked for until now. */
  #asked: Asked[] = [];

  constructor(ways: readonly Toward[]) {
    this.ways = ways;
  }

  begin(): void {
    if (this.#step === 'watching') this.#enter('front', this.#series.at(-1)?.at ?? 0);
  }

  /** Whether the marks of a screen and a sheet should be looked for in this frame. */
  wantsClose(sight: Sight): boolean {
    const looks = this.#series.filter(({ close }) => close);
    const { most, apart } = limits.looks;
    return isFront(sight) && looks.length < most && sight.at - (looks.at(-1)?.at ?? -Infinity) >= apart;
  }

  get over(): boolean {
    return this.#step === 'over';
  }

  /** 0 to 1. */
  get progress(): number {
    // The blink is a step like each turn and each way back.
    const steps = 1 + 2 * this.ways.length;
    const asked = 2 * this.#asked.length;
    const done = { watching: 0, front: 0, blink: 0, turn: asked - 1, back: asked, over: steps }[this.#step];
    return done / steps;
  }

  get instruction(): Instruction {
    if (this.#step === 'blink') return 'blink';
    const asked = this.#asked.at(-1);
    return this.#step === 'turn' && asked ? `turn-${asked.toward}` : 'face-front';
  }

  get results(): CueResults {
    if (!this.over) return nothingMade;
    const said = judge(this.#series, this.#asked);
    // Given up half-way, nothing is known of the turns that were not asked for.
    return this.#asked.length < this.ways.length ? { ...said, relief: 'not-made' } : said;
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
    this.#asked = [];
    return false;
  }

  #advance(at: number): void {
    if (this.#step === 'watching' || this.#step === 'over') return;
    const front = frontOf(this.#series, this.#asked);
    const turn = turnsOf(this.#series, this.#asked).at(-1);
    const done = {
      front: front.length >= limits.fewest,
      blink: hasBlinked(
        front.map(({ opening }) => opening),
        limits.blink,
      ),
      // Whoever turned too little for the relief to show is asked on.
      turn: turn?.shown,
      back: turn && turn.back.length >= enough,
    }[this.#step];
    // Whoever does not blink may still turn; of a turn that was not made, or made another way, nothing can come.
    if (done || (this.#step === 'blink' && this.#isLate(at))) this.#enter(this.#next(), at);
    else if (turn?.astray.length || this.#isLate(at)) this.#enter('over', at);
  }

  #isLate(at: number): boolean {
    return this.#step in patience && at - this.#since > patience[this.#step as keyof typeof patience];
  }

  #next(): Step {
    switch (this.#step) {
      case 'front':
        return 'blink';
      case 'turn':
        return 'back';
      default:
        return this.#asked.length < this.ways.length ? 'turn' : 'over';
    }
  }

  #enter(step: Step, at: number): void {
    if (step === 'turn') this.#asked.push({ toward: this.ways[this.#asked.length], at });
    this.#step = step;
    this.#since = at;
  }
}
