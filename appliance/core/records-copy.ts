import type { FromCore } from '../counter/event.js';
import type { Exporter } from '../export/exporter.js';
import type { ExportFault } from '../export/protocol.js';
import { snapshotRecords } from '../record/snapshot.js';
import { err, ok, type Result } from '../result.js';
import type { Copied, CopyProgress } from '../upkeep/copy-records.js';
import type { StickWatch } from './stick-watch.js';

/** Has the records copied to a stick, by the program that may. */
export class RecordsCopy {
  readonly #exporter: Exporter | undefined;
  readonly #file: string;
  readonly #sticks: StickWatch;
  readonly #tell: (event: FromCore) => void;
  #stop = new AbortController();

  /** @param exporter none on a machine whose records are not taken out by sticks */
  constructor(
    exporter: Exporter | undefined,
    file: string,
    sticks: StickWatch,
    tell: (event: FromCore) => void,
  ) {
    this.#exporter = exporter;
    this.#file = file;
    this.#sticks = sticks;
    this.#tell = tell;
  }

  /** Tells whether there is a stick now. */
  async check(): Promise<void> {
    if (this.#exporter) this.#tell({ type: 'stick', there: await this.#exporter.look() });
  }

  async copy(tell: (news: CopyProgress) => void): Promise<Result<Copied, ExportFault | 'cancelled'>> {
    const exporter = this.#exporter;
    if (!exporter) return err('no-answer');
    const { signal } = (this.#stop = new AbortController());
    return this.#sticks.exclusively(async () => {
      const records = await snapshotRecords(this.#file);
      if (!records.ok) return records;
      const copied = await exporter.copy(
        records.value,
        (fraction) => tell({ type: 'copy-progress', fraction }),
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
