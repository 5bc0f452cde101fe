import type { FaultCode } from '../findings.js';
import type { LightsKnown } from '../health/lights.js';
import type { Lights } from '../protocol/lights.js';
import { err, ok, type Result } from '../result.js';

/** In milliseconds: how long the lights may take to do what they are told. Healthy ones take two or three. */
const patience = 1000;

/** One reason for the light to be on: a task that lets frames flow. */
export type LightLease = {
  /** Settles once the light has failed, where no camera may run without it. */
  readonly lost: Promise<'light-failed'>;
  release(): void;
};

/**
 * The light that says that frames can flow from the camera. It is raised before the camera is asked for and lowered
 * once that is closed. Where it is not `required`, a screen is enough, and a light that fails stops nothing.
 */
export class CameraLight {
  readonly #required: boolean;
  readonly #changed: () => void;
  readonly #holds = new Map<LightLease, () => void>();
  #lights: Lights | undefined;
  /** Settles when the lights have done what they were told last, or cannot, or took too long. */
  #done: Promise<void> = Promise.resolve();
  #heard: () => void = () => undefined;

  constructor(required: boolean, changed: () => void) {
    this.#required = required;
    this.#changed = changed;
  }

  /** What the panels are told. */
  get isRequested(): boolean {
    return this.#holds.size > 0;
  }

  /** Whether a camera may run at all, as far as is known before the light is tried. */
  get isUsable(): boolean {
    return !this.#required || (this.#driven && this.#lights?.cameraLight !== 'failed');
  }

  /** What the self-test is told of the lights. */
  get status(): LightsKnown {
    if (!this.#lights) return 'silent';
    return this.#lights.cameraLight === 'failed' ? 'failed' : this.#lights.driver;
  }

  /** Takes in what the lights say; undefined when there are none any more. */
  update(lights: Lights | undefined): void {
    const before = this.#lights?.cameraLight;
    this.#lights = lights;
    this.#heard();
    if (this.#required && before === 'lit' && !this.#lit) for (const lose of this.#holds.values()) lose();
  }

  /** Resolves when the light is lit, or need not be. */
  async acquire(): Promise<Result<LightLease, 'light-failed'>> {
    // Told otherwise before it has gone out, it would answer for that and not for this.
    await this.#done;
    let lose!: () => void;
    const lost = new Promise<'light-failed'>((resolve) => {
      lose = () => resolve('light-failed');
    });
    const hold: LightLease = { lost, release: () => this.#release(() => this.#holds.delete(hold)) };
    const wanted = this.isRequested;
    this.#holds.set(hold, lose);
    if (!wanted) this.#tell();
    await this.#done;
    if (this.#lit || !this.#required) return ok(hold);
    hold.release();
    return err('light-failed');
  }

  /**
   * Does something for which the light has to be lit. `failed` is aborted when the light fails meanwhile where it is
   * required; what lets frames flow has ended with the work, unless that ends in doubt.
   */
  async whileLit<T>(
    work: (failed: AbortSignal) => Promise<Result<T, FaultCode>>,
  ): Promise<Result<T, FaultCode>> {
    const hold = await this.acquire();
    if (!hold.ok) return hold;
    const failing = new AbortController();
    void hold.value.lost.then(() => failing.abort());
    const end = await work(failing.signal);
    if (!end.ok && end.error === 'erasure-unproven') return end;
    hold.value.release();
    return failing.signal.aborted ? err('light-failed') : end;
  }

  /** Whoever let frames flow is gone. */
  releaseAll(): void {
    this.#release(() => this.#holds.clear());
  }

  get #driven(): boolean {
    return this.#lights !== undefined && this.#lights.driver !== 'absent';
  }

  get #lit(): boolean {
    return this.#driven && this.#lights?.cameraLight === 'lit';
  }

  #release(give: () => void): void {
    const before = this.#holds.size;
    give();
    if (before > 0 && this.#holds.size === 0) this.#tell();
  }

  #tell(): void {
    this.#changed();
    const is = this.isRequested ? 'lit' : 'dark';
    const settled = () =>
      !this.#driven || this.#lights?.cameraLight === is || this.#lights?.cameraLight === 'failed';
    this.#done = new Promise((resolve) => {
      const timer = setTimeout(resolve, patience);
      this.#heard = () => {
        if (!settled()) return;
        clearTimeout(timer);
        resolve();
      };
      this.#heard();
    });
  }
}
