import type { Random } from '../random.js';

/**
 * A uniform sample of a stream of comparisons, at ten bytes each: the two persons and the bin of the score.
 * Holds all of them until it is full (reservoir sampling, Vitter's algorithm R).
 */
export class SampledPairs {
  seen = 0;
  #one: Uint32Array;
  #other: Uint32Array;
  #bin: Uint16Array;

  constructor(
    private readonly most: number,
    private readonly random: Random,
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
    const slot = this.seen < this.most ? this.seen : this.random.below(this.seen + 1);
    this.seen += 1;
    if (slot >= this.most) return;
    if (slot >= this.#bin.length) this.#grow();
    this.#one[slot] = one;
    this.#other[slot] = other;
    this.#bin[slot] = bin;
  }

  /** Adds each pair to `counts` as often as `times` says that both of its persons were drawn. */
  countInto(counts: Float64Array, times: Uint32Array): void {
    const { length } = this;
    const [one, other, bin] = [this.#one, this.#other, this.#bin];
    for (let i = 0; i < length; i++) {
      counts[bin[i]] += one[i] === other[i] ? times[one[i]] : times[one[i]] * times[other[i]];
    }
  }

  /** The pairs, the highest score first. */
  *fromHighest(): Generator<{ readonly one: number; readonly other: number; readonly bin: number }> {
    const order = Uint32Array.from({ length: this.length }, (_, slot) => slot);
    for (const slot of order.sort((a, b) => this.#bin[b] - this.#bin[a])) {
      yield { one: this.#one[slot], other: this.#other[slot], bin: this.#bin[slot] };
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
