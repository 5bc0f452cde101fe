import type { CameraLightState } from '../../protocol/lights.js';
import type { Lines } from './lines.js';

/** In milliseconds: how often a light that is on, or should be, is looked at. */
const lookEvery = 200;

/** The camera light: does what it is told, and tells what its line then reads. */
export class CameraLamp {
  readonly #lines: Lines;
  readonly #tell: (state: CameraLightState) => void;
  readonly #timer: NodeJS.Timeout;
  #wanted = false;
  #told: CameraLightState = 'dark';

  constructor(lines: Lines, tell: (state: CameraLightState) => void) {
    this.#lines = lines;
    this.#tell = tell;
    this.#timer = setInterval(() => {
      if (this.#told !== 'dark') this.#look();
    }, lookEvery);
  }

  turn(on: boolean): void {
    if (on === this.#wanted) return;
    this.#wanted = on;
    this.#lines.set('camera', on);
    this.#look();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** A light that is not as it should be is told of before it is mended. */
  #look(): void {
    const obeys = this.#lines.isOn('camera') === this.#wanted;
    if (!obeys) this.#lines.set('camera', this.#wanted);
    const state = !obeys ? 'failed' : this.#wanted ? 'lit' : 'dark';
    if (state === this.#told) return;
    this.#told = state;
    this.#tell(state);
  }
}
