/** Which persons were compared with which. */
export class StrangerPairs {
  readonly #persons: number;
  /** Whether two persons were compared: one row a person. */
  readonly #met: Uint8Array;
  /** How many others each person was compared with. */
  readonly #partners: Uint32Array;

  constructor(persons: number) {
    this.#persons = persons;
    this.#met = new Uint8Array(persons * persons);
    this.#partners = new Uint32Array(persons);
  }

  add(one: number, other: number): void {
    if (this.#met[one * this.#persons + other] === 1) return;
    for (const [a, b] of [
      [one, other],
      [other, one],
    ]) {
      this.#met[a * this.#persons + b] = 1;
      this.#partners[a] += 1;
    }
  }

  has(person: number): boolean {
    return this.#partners[person] > 0;
  }

  /**
   * How many pairs there are at once in which nobody is twice; n/2, rounded down, if all n persons were compared. Pairs off
   * whoever has the fewest partners left with the one of them who has the fewest (Karp and Sipser 1981), which may miss
   * some pairs and never counts too many.
   */
  disjoint(): number {
    const left = this.#partners.slice();
    let pairs = 0;
    for (;;) {
      const one = this.#fewest(left, () => true);
      if (one === undefined) return pairs;
      const other = this.#fewest(left, (person) => this.#met[one * this.#persons + person] === 1)!;
      pairs += 1;
      for (const gone of [one, other]) {
        left[gone] = 0;
        for (let person = 0; person < this.#persons; person++) {
          if (left[person] > 0) left[person] -= this.#met[gone * this.#persons + person];
        }
      }
    }
  }

  /** The person with the fewest partners left, among those who have some; undefined if nobody has. */
  #fewest(left: Uint32Array, among: (person: number) => boolean): number | undefined {
    let found: number | undefined;
    for (let person = 0; person < this.#persons; person++) {
      if (left[person] === 0 || !among(person)) continue;
      if (found === undefined || left[person] < left[found]) found = person;
    }
    return found;
  }
}
