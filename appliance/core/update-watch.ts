import { err, type Result } from '../result.js';
import type { UpdateFault } from '../update/protocol.js';
import type { Installed, Updater } from '../update/updater.js';
import type { FromCore, Updating } from '../visit/event.js';

/** Looks for updates on sticks, and has them installed, by the program that may. */
export class UpdateWatch {
  readonly #updater: Updater | undefined;
  readonly #tell: (event: FromCore) => void;
  #looking: Promise<void> | undefined;
  #again = false;
  #busy = false;
  #stop = new AbortController();
  #installed: Installed | undefined;

  /** @param updater none on a machine that is not updated from sticks */
  constructor(updater: Updater | undefined, tell: (event: FromCore) => void) {
    this.#updater = updater;
    this.#tell = tell;
  }

  /** Tells what became of the last update, and looks for another. */
  async start(): Promise<void> {
    const trial = await this.#updater?.trial();
    if (trial?.is === 'returned') this.#tell({ type: 'returned', version: trial.version, why: trial.why });
    this.look();
  }

  /** A stick may have been plugged in or unplugged. */
  look(): void {
    this.#again = true;
    if (!this.#busy) this.#looking ??= this.#lookNow().finally(() => (this.#looking = undefined));
  }

  async install(
    version: string,
    tell: (news: Updating) => void,
  ): Promise<Result<undefined, UpdateFault | 'cancelled'>> {
    if (!this.#updater) return err('not-set-up');
    this.#busy = true;
    try {
      await this.#looking;
      this.#stop = new AbortController();
      const installed = await this.#updater.install(
        version,
        (progress) => tell({ type: 'update-progress', ...progress }),
        this.#stop.signal,
      );
      if (!installed.ok) return installed;
      this.#installed = installed.value;
      return { ok: true, value: undefined };
    } finally {
      this.#busy = false;
      if (!this.#installed) this.look();
    }
  }

  stop(): void {
    this.#stop.abort();
  }

  async restart(): Promise<Result<undefined, UpdateFault>> {
    return this.#installed?.restart() ?? err('restart-failed');
  }

  forget(): void {
    void this.#updater?.forget();
  }

  async #lookNow(): Promise<void> {
    while (this.#again && this.#updater && !this.#busy) {
      this.#again = false;
      const offer = await this.#updater.look();
      this.#tell({ type: 'offer', offer: offer.is === 'nothing' ? { is: 'none' } : offer });
    }
  }
}
