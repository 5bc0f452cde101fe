import type { FaultCode } from '../findings.js';
import type { LightsKnown } from '../health/lights.js';
import type { Lights } from '../protocol/lights.js';
import { err, ok, type Result } from '../result.js';

/** How long the lights may take to switch. Healthy ones take 2 or 3 ms. */
const switchTimeoutMs = 1000;

/** Keeps the light on for one task that uses the camera. */
export type LightLease = {
  /** Resolves if the light fails although it is required. */
  readonly lost: Promise<'light-failed'>;
  release(): void;
};

/**
 * The light that shows that frames can flow from the camera. It goes on before the camera is opened, and off once that
 * is closed. If it is not `required`, a screen is enough, and a light that fails stops nothing.
 */
export class CameraLight {
  readonly #required: boolean;
  readonly #changed: () => void;
  readonly #leases = new Map<LightLease, () => void>();
  #lights: Lights | undefined;
  /** Resolves when the lights have switched, or failed to, or timed out. */
  #switched: Promise<void> = Promise.resolve();
  #updated: () => void = () => undefined;

  constructor(required: boolean, changed: () => void) {
    this.#required = required;
    this.#changed = changed;
  }

  get isRequested(): boolean {
    return this.#leases.size > 0;
  }

  /** Whether a camera may run, as far as is known before the light is switched. */
  get isUsable(): boolean {
    return !this.#required || (this.#driven && this.#lights?.cameraLight !== 'failed');
  }

  get status(): LightsKnown {
    if (!this.#lights) return 'silent';
    if (this.#lights.cameraLight === 'failed') return 'failed';
    return this.#lights.stuck.length > 0 ? 'stuck' : this.#lights.driver;
  }

  /** @param lights undefined once they are disconnected */
  update(lights: Lights | undefined): void {
    const before = this.#lights?.cameraLight;
    this.#lights = lights;
    this.#updated();
    if (this.#required && before === 'lit' && !this.#lit) for (const lose of this.#leases.values()) lose();
  }

  /** Resolves when the light is lit, or not required. */
  async acquire(): Promise<Result<LightLease, 'light-failed'>> {
    // Otherwise the reply to the previous command could be mistaken for the reply to this one.
    await this.#switched;
    let lose!: () => void;
    const lost = new Promise<'light-failed'>((resolve) => {
      lose = () => resolve('light-failed');
    });
    const lease: LightLease = { lost, release: () => this.#release(() => this.#leases.delete(lease)) };
    const wasRequested = this.isRequested;
    this.#leases.set(lease, lose);
    if (!wasRequested) this.#switch();
    await this.#switched;
    if (this.#lit || !this.#required) return ok(lease);
    lease.release();
    return err('light-failed');
  }

  /**
   * Runs a task that uses the camera. `failed` is aborted if a required light fails meanwhile. The light stays on after
   * a task whose erasure is not proven, since its camera may still run.
   */
  async whileLit<T>(
    task: (failed: AbortSignal) => Promise<Result<T, FaultCode>>,
  ): Promise<Result<T, FaultCode>> {
    const lease = await this.acquire();
    if (!lease.ok) return lease;
    const failed = new AbortController();
    void lease.value.lost.then(() => failed.abort());
    const end = await task(failed.signal);
    if (!end.ok && end.error === 'erasure-unproven') return end;
    lease.value.release();
    return failed.signal.aborted ? err('light-failed') : end;
  }

  /** Every task that used the camera is gone. */
  releaseAll(): void {
    this.#release(() => this.#leases.clear());
  }

  get #driven(): boolean {
    return this.#lights !== undefined && this.#lights.driver !== 'absent';
  }

  get #lit(): boolean {
    return this.#driven && this.#lights?.cameraLight === 'lit';
  }

  #release(remove: () => void): void {
    const before = this.#leases.size;
    remove();
    if (before > 0 && this.#leases.size === 0) this.#switch();
  }

  #switch(): void {
    this.#changed();
    const requested = this.isRequested ? 'lit' : 'dark';
    const isSwitched = () =>
      !this.#driven || this.#lights?.cameraLight === requested || this.#lights?.cameraLight === 'failed';
    this.#switched = new Promise((resolve) => {
      const timer = setTimeout(resolve, switchTimeoutMs);
      this.#updated = () => {
        if (!isSwitched()) return;
        clearTimeout(timer);
        resolve();
      };
      this.#updated();
    });
  }
}
