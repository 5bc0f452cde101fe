import type { Chance } from '../chance.js';

/**
 * A fair sample of a stream of comparisons, of all of them while they are few: whose pictures they showed, and
 * the bin of their score. Ten bytes each (Vitter's algorithm R).
 */
export class SampledPairs {
  seen = 0;
  #one: Uint32Array;
  #other: Uint32Array;
  #bin: Uint16Array;

  constructor(
    private readonly most: number,
    private readonly luck: Chance,
  ) {
    const room = Math.min(most, 1024);
    this.#one = new Uint32Array(room);
    this.#other = new Uint32Array(room);
    this.#bin = new Uint16Array(room);
  }

  get length(): number {
    return Math.min(this.seen, this.most);
  }

  add(one: number, other: number, bin: number): void {
    const place = this.seen < this.most ? this.seen : this.luck.below(this.seen + 1);
    this.seen += 1;
    if (place >= this.most) return;
    if (place >= this.#bin.length) this.#grow();
    this.#one[place] = one;
    this.#other[place] = other;
    this.#bin[place] = bin;
  }

  /** Counts each pair as often as `times` says that its two persons were drawn. */
  countInto(counts: Float64Array, times: Uint32Array): void {
    const { length } = this;
    const [one, other, bin] = [this.#one, this.#other, this.#bin];
    for (let i = 0; i < length; i++) {
      counts[bin[i]] += one[i] === other[i] ? times[one[i]] : times[one[i]] * times[other[i]];
    }
  }

  #grow(): void {
    const room = Math.min(this.#bin.length * 2, this.most);
    const [one, other, bin] = [this.#one, this.#other, this.#bin];
    this.#one = new Uint32Array(room);
    this.#other = new Uint32Array(room);
    this.#bin = new Uint16Array(room);
    this.#one.set(one);
    this.#other.set(other);
    this.#bin.set(bin);
  }
}
