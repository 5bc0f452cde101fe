import type { Clock } from '../clock/clock.js';
import type { FaultCode } from '../findings.js';
import { type EntryContext, openRecords, type Records } from '../record/records.js';
import { err, ok, type Result } from '../result.js';
import type { Tpm } from '../tpm/tpm.js';

/** Where the records are, and where they were made. */
export type RecordPlace = {
  readonly file: string;
  /** The folder of the copy of their signed head. */
  readonly witness: string;
  readonly tpm: Tpm | undefined;
  readonly context: Omit<EntryContext, 'model'>;
};

/** The record file. No visit begins before it is open; a full disk may have room later, so opening can be retried. */
export class RecordFile {
  readonly #place: RecordPlace;
  readonly #clock: Clock;
  #records: Records | undefined;
  #opening: Promise<Result<undefined, FaultCode>> | undefined;

  constructor(place: RecordPlace, clock: Clock) {
    this.#place = place;
    this.#clock = clock;
  }

  /** Undefined until the file is open. */
  get records(): Records | undefined {
    return this.#records;
  }

  /** Whether a TPM counts its lines. */
  get tpm(): Records['tpm'] {
    return this.#records?.tpm ?? 'none';
  }

  /** Opens it, unless it is open or being opened. A visit that an earlier run left open is closed as interrupted. */
  open(): Promise<Result<undefined, FaultCode>> {
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #open(): Promise<Result<undefined, FaultCode>> {
    if (this.#records) return ok();
    const { file, context, ...guards } = this.#place;
    const records = await openRecords(file, this.#clock, guards);
    if (!records.ok) return err(records.error.fault);
    await this.#clock.refresh();
    const closed = await records.value.closeInterrupted(context);
    if (!closed.ok) {
      await records.value.close();
      return closed;
    }
    this.#records = records.value;
    return ok();
  }

  async close(): Promise<void> {
    await this.#records?.close();
  }
}
