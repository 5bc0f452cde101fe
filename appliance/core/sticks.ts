import type { FromCore } from '../counter/event.js';
import type { Exporter } from '../export/exporter.js';
import type { Updater } from '../update/updater.js';
import { type ExportKey, RecordsCopy } from './records-copy.js';
import { StickWatch } from './stick-watch.js';
import { UpdateWatch } from './update-watch.js';
import type { VendorDesk } from './vendor-desk.js';

type StickServices = {
  readonly updater?: Updater | undefined;
  readonly exporter?: Exporter | undefined;
  readonly recordFile: string;
  readonly exportKey: () => ExportKey;
  readonly vendorDesk: VendorDesk;
};

/** USB sticks: updates are installed from them, records are copied to them, and vendors' tokens lie on them. */
export class Sticks {
  readonly updates: UpdateWatch;
  readonly recordsCopy: RecordsCopy;
  readonly watch: StickWatch;

  constructor(
    { updater, exporter, recordFile, exportKey, vendorDesk }: StickServices,
    send: (event: FromCore) => void,
  ) {
    this.watch = new StickWatch(async () => {
      // Updates first: a stick with an update is not offered for records, and an offer must not change on the screen.
      const found = await this.updates.check();
      if (found) await vendorDesk.notice(found);
      await this.recordsCopy.check();
    });
    this.updates = new UpdateWatch(updater, this.watch, send);
    this.recordsCopy = new RecordsCopy(exporter, recordFile, exportKey, this.watch, send);
  }

  /** Reports how the last update ended, then what the sticks offer. */
  async start(): Promise<void> {
    await this.updates.start();
    this.check();
  }

  /** Checks what the sticks offer now. */
  check(): void {
    this.watch.check();
  }
}
