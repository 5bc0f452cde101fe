import type { FromCore } from '../counter/event.js';
import type { Exporter } from '../export/exporter.js';
import type { Updater } from '../update/updater.js';
import { RecordsCopy } from './records-copy.js';
import { StickWatch } from './stick-watch.js';
import { UpdateWatch } from './update-watch.js';

type StickServices = {
  readonly updater?: Updater | undefined;
  readonly exporter?: Exporter | undefined;
  readonly recordFile: string;
};

/** USB sticks: updates are installed from them, and records are copied to them. */
export class Sticks {
  readonly updates: UpdateWatch;
  readonly recordsCopy: RecordsCopy;
  readonly #watch: StickWatch;

  constructor({ updater, exporter, recordFile }: StickServices, send: (event: FromCore) => void) {
    this.#watch = new StickWatch(async () => {
      // Updates first: a stick with an update is not offered for records, and an offer must not change on the screen.
      await this.updates.check();
      await this.recordsCopy.check();
    });
    this.updates = new UpdateWatch(updater, this.#watch, send);
    this.recordsCopy = new RecordsCopy(exporter, recordFile, this.#watch, send);
  }

  /** Reports how the last update ended, then what the sticks offer. */
  async start(): Promise<void> {
    await this.updates.start();
    this.check();
  }

  /** Checks what the sticks offer now. */
  check(): void {
    this.#watch.check();
  }
}
