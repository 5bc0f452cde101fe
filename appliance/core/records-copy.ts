import { dirname } from 'node:path';

import type { Exporter } from '../export/exporter.js';
import { recordsToGo } from '../export/outgoing.js';
import type { ExportFault, Readers } from '../export/protocol.js';
import { err, ok, type Result } from '../result.js';
import type { Tpm } from '../tpm/tpm.js';
import type { Copied, CopyProgress } from '../upkeep/copy-records.js';
import type { StickWatch } from './stick-watch.js';

/** The key that copies are encrypted to, as `exportKeyIn` finds it in the settings. */
export type ExportKey = Result<string | undefined, 'key-unusable'>;

/** The records, and the TPM that holds the key of this box. */
export type CopiedPlace = { readonly file: string; readonly tpm: Tpm | undefined };

/** Copies the records to a USB stick, through the exporter. */
export class RecordsCopy {
  readonly #exporter: Exporter | undefined;
  readonly #place: CopiedPlace;
  readonly #key: () => ExportKey;
  readonly #sticks: StickWatch;
  #stop = new AbortController();

  /** @param exporter undefined on a machine that does not export to sticks */
  constructor(exporter: Exporter | undefined, place: CopiedPlace, key: () => ExportKey, sticks: StickWatch) {
    this.#exporter = exporter;
    this.#place = place;
    this.#key = key;
    this.#sticks = sticks;
  }

  /** Whether a stick is plugged in, without looking at what is on it; undefined on a machine that does not export. */
  async isThere(): Promise<boolean | undefined> {
    return this.#exporter?.look();
  }

  /** Who will be able to read a copy. Nobody is given one that should have been encrypted and cannot be. */
  get readers(): Readers {
    const key = this.#key();
    return key.ok && key.value === undefined ? 'anybody' : 'key-holder';
  }

  async copy(report: (progress: CopyProgress) => void): Promise<Result<Copied, ExportFault | 'cancelled'>> {
    const exporter = this.#exporter;
    if (!exporter) return err('no-answer');
    const key = this.#key();
    if (!key.ok) return key;
    const { signal } = (this.#stop = new AbortController());
    const { file, tpm } = this.#place;
    return this.#sticks.exclusively(async () => {
      const toGo = await recordsToGo(file, { folder: dirname(file), tpm }, key.value);
      if (!toGo.ok) return toGo;
      const copied = await exporter.copy(
        toGo.value.outgoing,
        (fraction) => report({ type: 'copy-progress', fraction }),
        signal,
      );
      const { count, broken } = toGo.value.records;
      return copied.ok ? ok({ name: copied.value, count, whole: broken === undefined }) : copied;
    });
  }

  stop(): void {
    this.#stop.abort();
  }
}
