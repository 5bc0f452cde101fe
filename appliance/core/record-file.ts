import type { Clock } from '../clock/clock.js';
import type { FaultCode } from '../findings.js';
import { openRecords, type Records } from '../record/records.js';
import { err, ok, type Result } from '../result.js';

/** The record file. No visit begins before it is open; a full disk may have room later, so opening can be retried. */
export class RecordFile {
  readonly #path: string;
  readonly #clock: Clock;
  #records: Records | undefined;
  #opening: Promise<Result<undefined, FaultCode>> | undefined;

  constructor(path: string, clock: Clock) {
    this.#path = path;
    this.#clock = clock;
  }

  /** Undefined until the file is open. */
  get records(): Records | undefined {
    return this.#records;
  }

  /** Opens it, unless it is open or being opened. */
  open(): Promise<Result<undefined, FaultCode>> {
    this.#opening ??= this.#open().finally(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #open(): Promise<Result<undefined, FaultCode>> {
    if (this.#records) return ok();
    const records = await openRecords(this.#path, this.#clock);
    if (!records.ok) return err(records.error.fault);
    this.#records = records.value;
    return ok();
  }

  async close(): Promise<void> {
    await this.#records?.close();
  }
}
