import type { FromCore } from '../counter/event.js';
import type { Exporter } from '../export/exporter.js';
import type { ExportFault } from '../export/protocol.js';
import { snapshotRecords } from '../record/snapshot.js';
import { err, ok, type Result } from '../result.js';
import type { Copied, CopyProgress } from '../upkeep/copy-records.js';
import type { StickWatch } from './stick-watch.js';

/** Copies the records to a USB stick, through the privileged exporter. */
export class RecordsCopy {
  readonly #exporter: Exporter | undefined;
  readonly #file: string;
  readonly #sticks: StickWatch;
  readonly #send: (event: FromCore) => void;
  #stop = new AbortController();

  /** @param exporter undefined on a machine that does not export to sticks */
  constructor(
    exporter: Exporter | undefined,
    file: string,
    sticks: StickWatch,
    send: (event: FromCore) => void,
  ) {
    this.#exporter = exporter;
    this.#file = file;
    this.#sticks = sticks;
    this.#send = send;
  }

  /** Reports whether a stick is plugged in. */
  async check(): Promise<void> {
    if (this.#exporter) this.#send({ type: 'stick', there: await this.#exporter.look() });
  }

  async copy(report: (progress: CopyProgress) => void): Promise<Result<Copied, ExportFault | 'cancelled'>> {
    const exporter = this.#exporter;
    if (!exporter) return err('no-answer');
    const { signal } = (this.#stop = new AbortController());
    return this.#sticks.exclusively(async () => {
      const records = await snapshotRecords(this.#file);
      if (!records.ok) return records;
      const copied = await exporter.copy(
        records.value,
        (fraction) => report({ type: 'copy-progress', fraction }),
        signal,
      );
      const { count, broken } = records.value;
      return copied.ok ? ok({ name: copied.value, count, whole: broken === undefined }) : copied;
    });
  }

  stop(): void {
    this.#stop.abort();
  }
}
