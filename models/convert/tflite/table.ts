import { ByteBuffer } from 'flatbuffers';

import { Unconvertible } from '../unconvertible.js';

/** FlatBuffers' offsets and lengths are 4 bytes each. */
const word = 4;

/**
 * A table of a FlatBuffers file, whose fields are found by their number in the schema; one that the file leaves out
 * has its default. The package reads zeros beyond the end of a file, so every place is checked first.
 */
export class Table {
  private constructor(
    private readonly file: ByteBuffer,
    private readonly at: number,
  ) {
    this.#within(at, word);
    const fields = this.#within(at - file.readInt32(at), word);
    this.#within(fields, file.readUint16(fields));
  }

  /** The root of a file with this identifier. Throws `Unconvertible` if it has another. */
  static root(bytes: Uint8Array, identifier: string): Table {
    const file = new ByteBuffer(bytes);
    if (bytes.length < 2 * word || !file.__has_identifier(identifier)) {
      throw new Unconvertible(`not a file of kind ${identifier}`);
    }
    return new Table(file, file.readUint32(0));
  }

  byte(field: number): number {
    const at = this.#find(field, 1);
    return at === undefined ? 0 : this.file.readInt8(at);
  }

  integer(field: number, fallback = 0): number {
    const at = this.#find(field, word);
    return at === undefined ? fallback : this.file.readInt32(at);
  }

  text(field: number): string {
    return Buffer.from(this.bytes(field)).toString('utf8');
  }

  bytes(field: number): Uint8Array {
    const { start, count } = this.#vector(field, 1);
    return this.file.bytes().subarray(start, start + count);
  }

  integers(field: number): number[] {
    const { start, count } = this.#vector(field, word);
    return Array.from({ length: count }, (_, index) => this.file.readInt32(start + index * word));
  }

  table(field: number): Table | undefined {
    const at = this.#find(field, word);
    return at === undefined ? undefined : new Table(this.file, this.file.__indirect(at));
  }

  tables(field: number): Table[] {
    const { start, count } = this.#vector(field, word);
    return Array.from(
      { length: count },
      (_, index) => new Table(this.file, this.file.__indirect(start + index * word)),
    );
  }

  /** A vector's first element and length; empty if the field is left out. */
  #vector(field: number, size: number): { start: number; count: number } {
    const at = this.#find(field, word);
    if (at === undefined) return { start: 0, count: 0 };
    const length = this.#within(this.file.__indirect(at), word);
    const count = this.file.readUint32(length);
    return { start: this.#within(length + word, count * size), count };
  }

  /** Where a field's content lies, unless the file leaves it out. */
  #find(field: number, size: number): number | undefined {
    const offset = this.file.__offset(this.at, word + 2 * field);
    return offset === 0 ? undefined : this.#within(this.at + offset, size);
  }

  #within(at: number, length: number): number {
    if (at < 0 || at + length > this.file.capacity())
      throw new Unconvertible('the file is cut short or damaged');
    return at;
  }
}
