/** Reads bits of entropy-coded data (ITU-T T.81, F.2.2.5), up to the next marker. */
export class Bits {
  readonly #bytes: Uint8Array;
  #at: number;
  /** The last `#count` bits of it come next; the last `#absent` bits that it was given are not in the data. */
  #held = 0;
  #count = 0;
  #absent = 0;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  /** Whether more bits were taken than there are. */
  get exhausted(): boolean {
    return this.#count < this.#absent;
  }

  /** The offset of the next byte, which is at or before the next marker. */
  get at(): number {
    return this.#at;
  }

  /** The next 16 bits, with zeros after the end. */
  peek16(): number {
    if (this.#count < 16) this.#fill();
    return (this.#held >>> (this.#count - 16)) & 0xffff;
  }

  /** Takes at most 16 bits. */
  take(count: number): number {
    const taken = this.peek16() >>> (16 - count);
    this.#count -= count;
    return taken;
  }

  #fill(): void {
    while (this.#count <= 24) {
      const byte = this.#nextByte();
      this.#held = (this.#held << 8) | Math.max(0, byte);
      this.#count += 8;
      if (byte < 0) this.#absent += 8;
    }
  }

  /** -1 at a marker, and at the end. */
  #nextByte(): number {
    const bytes = this.#bytes;
    if (this.#at >= bytes.length) return -1;
    const byte = bytes[this.#at];
    if (byte !== 0xff) {
      this.#at += 1;
      return byte;
    }
    let after = this.#at + 1;
    while (bytes[after] === 0xff) after += 1;
    if (bytes[after] !== 0) return -1;
    this.#at = after + 1;
    return byte;
  }
}
