import type { Chain } from './chain.js';
import type { DeviceKey } from './device-key.js';
import { makeFolder } from './folder.js';
import { type Head, headFile, headOf, type OfTpm, ofTpm, signedText, withTpm, witnessFile } from './head.js';
import type { LineCounter } from './line-counter.js';
import type { TpmNote } from './tpm-note.js';
import { writeAtomically } from './write-atomically.js';

/** Where a seal is kept, and which key makes it. */
export type SealPlaces = {
  readonly file: string;
  /** The folder of the witness. */
  readonly witness: string;
  readonly key: DeviceKey;
};

/**
 * Signs the head of the records before each line, write-ahead: `records.head`, then the witness, then the line; a TPM counts
 * it last. Each is durable before the next is written. Throws system errors.
 */
export class Seal {
  readonly #places: SealPlaces;
  #settled: Head;
  #announced: Head;
  #counter: LineCounter | undefined;

  /** Made by `sealRecords`. */
  constructor(places: SealPlaces, head: Head) {
    this.#places = places;
    this.#settled = head;
    this.#announced = head;
  }

  /** Lines that no head of this key covered when they were written. */
  get unsigned(): number {
    return this.#settled.unsigned;
  }

  /** Whether a TPM counts the lines, should and does not answer, or there is none. */
  get tpm(): 'counts' | 'silent' | 'none' {
    if (this.#counter) return this.#counter.next === undefined ? 'silent' : 'counts';
    return this.#settled.counter === undefined ? 'none' : 'silent';
  }

  /** What the next visit's record says of the TPM. */
  get notes(): readonly TpmNote[] {
    const { notes } = ofTpm(this.#settled);
    return this.tpm === 'silent' ? [...new Set<TpmNote>([...notes, 'silent'])] : notes;
  }

  /** Has each line counted from now on. */
  countWith(counter: LineCounter): void {
    this.#counter = counter;
  }

  /** Signs the chain with its next line, which the caller appends. */
  async announce(chain: Chain, line: Uint8Array, boot: number): Promise<void> {
    const { unsigned, key } = this.#settled;
    const isSaid = chain.begunAt === chain.lines;
    const told: OfTpm = {
      counter: this.#counter?.next ?? this.#settled.counter,
      notes: isSaid ? [] : ofTpm(this.#settled).notes,
    };
    const head = headOf(chain, Buffer.from(line).toString('utf8'), { boot, unsigned, key }, told);
    this.#announced = head;
    await this.#write(head);
  }

  /** The announced line is on the disk. */
  async settle(): Promise<void> {
    this.#settled = this.#announced;
    if (this.tpm === 'counts') await this.#counter?.add();
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

  /** Writes head and witness as they are at the start, with this of the TPM. */
  async lay(told: OfTpm = this.told): Promise<void> {
    this.#settled = withTpm(this.#settled, told);
    this.#announced = this.#settled;
    await makeFolder(this.#places.witness);
    await this.#write(this.#settled);
  }

  /** What the head says of the TPM. */
  get told(): OfTpm {
    return ofTpm(this.#settled);
  }

  async #write(head: Head): Promise<void> {
    await this.#writeHead(head);
    await this.#writeWitness(head);
  }

  async #writeHead(head: Head): Promise<void> {
    await writeAtomically(headFile(this.#places.file), signedText(head, this.#places.key), 0o600);
  }

  async #writeWitness(head: Head): Promise<void> {
    const path = witnessFile(this.#places.file, this.#places.witness);
    await writeAtomically(path, signedText(head, this.#places.key), 0o600);
  }
}
