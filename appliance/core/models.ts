import { decideThreshold, type RequestedThreshold } from '../calibration/threshold.js';
import type { FaultCode } from '../findings.js';
import type { SpareVault } from '../vault-client/spare-vault.js';
import type { Vault } from '../vault-client/vault.js';

/** Whether a visit may begin before the models have loaded. */
type ModelState =
  /** Built-in models, or ones that loaded last time: a visit begins while they load. */
  | { readonly is: 'trusted' }
  /** Custom models or thresholds, or a failure that may be over: they must load before a visit. */
  | { readonly is: 'unproven' }
  | { readonly is: 'failed'; readonly fault: FaultCode };

/** What a vault has loaded, and the threshold in force. */
export type LoadedModel = { readonly recogniser: Vault['recogniser']; readonly threshold: number };

/** The models in the spare vault. Loading takes longer than finding devices, so it does not delay a visit needlessly. */
export class Models {
  /** Resolves after the first load, successful or not. */
  readonly firstLoad: Promise<void>;
  readonly #spare: SpareVault;
  readonly #threshold: RequestedThreshold;
  readonly #stopping: AbortSignal;
  readonly #trustLost: () => void;
  #state: ModelState;
  #loaded: LoadedModel | undefined;
  #resolveFirstLoad!: () => void;

  /**
   * @param custom whether settings replace a built-in model or threshold
   * @param trustLost called when trusted models fail to load
   */
  constructor(
    spare: SpareVault,
    threshold: RequestedThreshold,
    custom: boolean,
    stopping: AbortSignal,
    trustLost: () => void,
  ) {
    this.#spare = spare;
    this.#threshold = threshold;
    this.#stopping = stopping;
    this.#trustLost = trustLost;
    this.#state = { is: custom ? 'unproven' : 'trusted' };
    this.firstLoad = new Promise((resolve) => (this.#resolveFirstLoad = resolve));
  }

  get fault(): FaultCode | undefined {
    return this.#state.is === 'failed' ? this.#state.fault : undefined;
  }

  /** What was loaded last; undefined before, and after a failure. */
  get loaded(): LoadedModel | undefined {
    return this.#loaded;
  }

  /** Other keys are trusted: the spare is given up, and the models load anew before a visit. */
  async reload(): Promise<void> {
    await this.#spare.renew();
    this.#state = { is: 'unproven' };
  }

  /** Waits for models that must load before a visit, and returns why they do not. */
  async prove(): Promise<FaultCode | undefined> {
    if (this.#state.is === 'unproven') await this.load();
    return this.fault;
  }

  /** Loads the models, and checks that their calibration supports the requested threshold. */
  async load(): Promise<void> {
    const vault = await this.#spare.warmUp();
    if (this.#stopping.aborted) return;
    const threshold = vault.ok
      ? decideThreshold(this.#threshold, vault.value.recogniser.threshold, vault.value.recogniser.bounds)
      : vault;
    const wasTrusted = this.#state.is === 'trusted';
    this.#state = threshold.ok ? { is: 'trusted' } : { is: 'failed', fault: threshold.error };
    this.#loaded =
      vault.ok && threshold.ok
        ? { recogniser: vault.value.recogniser, threshold: threshold.value }
        : undefined;
    if (wasTrusted && !threshold.ok) this.#trustLost();
    this.#resolveFirstLoad();
  }

  /** A visit may have loaded the models since they failed. */
  forgetFailure(): void {
    if (this.#state.is === 'failed') this.#state = { is: 'unproven' };
  }
}
