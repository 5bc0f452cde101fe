import type { Chain } from './chain.js';
import type { DeviceKey } from './device-key.js';
import { type Head, headFile, headOf, signedText, witnessFile } from './head.js';
import { makeFolder } from './folder.js';
import { writeAtomically } from './write-atomically.js';

/** Where a seal is kept, and which key makes it. */
export type SealPlaces = {
  readonly file: string;
  /** The folder of the witness. */
  readonly witness: string;
  readonly key: DeviceKey;
  /** Lines from before heads were signed. */
  readonly unsigned: number;
};

/**
 * Signs the head of the records before each line, write-ahead: `records.head`, then the witness, then the line. Each is on
 * the disk before the next is written. Throws system errors.
 */
export class Seal {
  readonly #places: SealPlaces;
  #settled: Head;
  #announced: Head;

  /** Made by `sealRecords`. */
  constructor(places: SealPlaces, head: Head) {
    this.#places = places;
    this.#settled = head;
    this.#announced = head;
  }

  /** Lines that no head covered when they were written. */
  get unsigned(): number {
    return this.#settled.unsigned;
  }

  /** Signs the chain with its next line, which the caller appends. */
  async announce(chain: Chain, line: Uint8Array, boot: number): Promise<void> {
    const { key, unsigned } = this.#places;
    const head = headOf(chain, Buffer.from(line).toString('utf8'), boot, unsigned, key.name);
    this.#announced = head;
    await this.#writeHead(head);
    await this.#writeWitness(head);
  }

  /** The announced line is on the disk. */
  settle(): void {
    this.#settled = this.#announced;
  }

  /**
   * Takes an announcement back whose line could not be written. The witness goes first: a power cut between the two leaves
   * what a power cut within `announce` leaves.
   */
  async retract(): Promise<void> {
    if (this.#announced === this.#settled) return;
    await this.#writeWitness(this.#settled);
    await this.#writeHead(this.#settled);
    this.#announced = this.#settled;
  }

  /** Writes both, as they are at the start. */
  async lay(): Promise<void> {
    await this.#writeHead(this.#settled);
    await makeFolder(this.#places.witness);
    await this.#writeWitness(this.#settled);
  }

  async #writeHead(head: Head): Promise<void> {
    await writeAtomically(headFile(this.#places.file), signedText(head, this.#places.key), 0o600);
  }

  async #writeWitness(head: Head): Promise<void> {
    const path = witnessFile(this.#places.file, this.#places.witness);
    await writeAtomically(path, signedText(head, this.#places.key), 0o600);
  }
}
