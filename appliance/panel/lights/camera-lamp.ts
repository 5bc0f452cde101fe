import type { CameraLightState } from '../../protocol/lights.js';
import type { Lines } from './lines.js';

/** How often to check a light that is on or should be. */
const checkEveryMs = 200;

/** Drives the camera light and reports what its line then reads. */
export class CameraLamp {
  readonly #lines: Lines;
  readonly #report: (state: CameraLightState) => void;
  readonly #timer: NodeJS.Timeout;
  #wanted = false;
  #reported: CameraLightState = 'dark';

  constructor(lines: Lines, report: (state: CameraLightState) => void) {
    this.#lines = lines;
    this.#report = report;
    this.#timer = setInterval(() => {
      if (this.#reported !== 'dark') this.#check();
    }, checkEveryMs);
  }

  turn(on: boolean): void {
    if (on === this.#wanted) return;
    this.#wanted = on;
    this.#lines.set('camera', on);
    this.#check();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  /** Reports a wrong state and corrects the line; the next check reports whether that helped. */
  #check(): void {
    const obeys = this.#lines.isOn('camera') === this.#wanted;
    if (!obeys) this.#lines.set('camera', this.#wanted);
    const state = !obeys ? 'failed' : this.#wanted ? 'lit' : 'dark';
    if (state === this.#reported) return;
    this.#reported = state;
    this.#report(state);
  }
}
