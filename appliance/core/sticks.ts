import type { FromCore } from '../counter/event.js';
import type { Exporter } from '../export/exporter.js';
import type { Tpm } from '../tpm/tpm.js';
import type { Updater } from '../update/updater.js';
import { type ExportKey, RecordsCopy } from './records-copy.js';
import { StickWatch } from './stick-watch.js';
import { UpdateWatch } from './update-watch.js';
import type { VendorDesk } from './vendor-desk.js';

type StickServices = {
  readonly updater?: Updater | undefined;
  readonly exporter?: Exporter | undefined;
  readonly recordFile: string;
  readonly tpm?: Tpm | undefined;
  readonly exportKey: () => ExportKey;
  readonly vendorDesk: VendorDesk;
};

/**
 * USB sticks: updates are installed from them, records are copied to them, and vendors' tokens lie on them. None is mounted
 * before the clerk asks to look at it.
 */
export class Sticks {
  readonly updates: UpdateWatch;
  readonly recordsCopy: RecordsCopy;
  readonly watch: StickWatch;
  readonly #vendorDesk: VendorDesk;
  readonly #send: (event: FromCore) => void;
  /** The clerk asked to look at what is plugged in now. */
  #asked = false;

  constructor(
    { updater, exporter, recordFile, tpm, exportKey, vendorDesk }: StickServices,
    send: (event: FromCore) => void,
  ) {
    this.watch = new StickWatch(() => this.#check());
    this.updates = new UpdateWatch(updater, this.watch, send);
    this.recordsCopy = new RecordsCopy(exporter, { file: recordFile, tpm }, exportKey, this.watch);
    this.#vendorDesk = vendorDesk;
    this.#send = send;
  }

  /** Reports how the last update ended, then whether a stick is there. */
  async start(): Promise<void> {
    await this.updates.start();
    this.watch.check();
  }

  /** Call this after a stick may have been plugged in or unplugged: nobody has asked to look at it. */
  changed(): void {
    this.#asked = false;
    this.watch.check();
  }

  /** Looks at what the sticks offer, since the clerk asked. */
  look(): void {
    this.#asked = true;
    this.watch.check();
  }

  async #check(): Promise<void> {
    const there = await this.recordsCopy.isThere();
    const mayLook = this.#asked && there === true;
    // Updates first: a stick with an update is not offered for records, and an offer must not change on the screen.
    const found = await this.updates.check(mayLook);
    // Another stick was plugged in meanwhile: it is checked next.
    if (mayLook && !this.#asked) return;
    if (found) await this.#vendorDesk.notice(found);
    if (there === undefined) return;
    this.#send({ type: 'unseen-stick', there: there && !mayLook });
    this.#send({ type: 'stick', there: mayLook });
  }
}
