import type { FromCore } from '../counter/event.js';
import { err, type Result } from '../result.js';
import type { UpdateFault } from '../update/protocol.js';
import type { CheckResult, Installed, Updater } from '../update/updater.js';
import type { UpdateProgress } from '../upkeep/update.js';
import type { StickWatch } from './stick-watch.js';

/** Finds updates on USB sticks, and installs them, through the updater. */
export class UpdateWatch {
  readonly #updater: Updater | undefined;
  readonly #sticks: StickWatch;
  readonly #send: (event: FromCore) => void;
  #stop = new AbortController();
  #installed: Installed | undefined;

  /** @param updater undefined on a machine that is not updated from sticks */
  constructor(updater: Updater | undefined, sticks: StickWatch, send: (event: FromCore) => void) {
    this.#updater = updater;
    this.#sticks = sticks;
    this.#send = send;
  }

  /** Reports an update that the box returned from. */
  async start(): Promise<void> {
    const trial = await this.#updater?.trial();
    if (trial?.is === 'returned') this.#send({ type: 'returned', version: trial.version, why: trial.why });
  }

  /**
   * Reports the update that a stick offers now. Resolves to what is on it; undefined if nobody looked.
   *
   * @param mayLook whether the clerk asked to look at the sticks; otherwise they offer nothing
   */
  async check(mayLook: boolean): Promise<CheckResult | undefined> {
    if (!this.#updater || this.#installed) return undefined;
    const found = mayLook ? await this.#updater.check() : ({ is: 'nothing' } as const);
    const offer = found.is === 'found' || found.is === 'refused' ? found : ({ is: 'none' } as const);
    this.#send({ type: 'offer', offer });
    return found;
  }

  async install(
    version: string,
    report: (progress: UpdateProgress) => void,
  ): Promise<Result<undefined, UpdateFault | 'cancelled'>> {
    const updater = this.#updater;
    if (!updater) return err('not-set-up');
    return this.#sticks.exclusively(async () => {
      this.#stop = new AbortController();
      const installed = await updater.install(
        version,
        (progress) => report({ type: 'update-progress', ...progress }),
        this.#stop.signal,
      );
      if (!installed.ok) return installed;
      this.#installed = installed.value;
      return { ok: true, value: undefined };
    });
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
}
