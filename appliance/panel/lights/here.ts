import type { FaultCode } from '../../findings.js';
import { err, type Result } from '../../result.js';
import type { Settings } from '../../settings/settings.js';
import type { LightsDriver } from '../../protocol/lights.js';
import { buttons, type Lines } from './lines.js';
import { openLines } from './open.js';
import { wiringOf } from './wiring.js';

/** The lights of a machine without a running appliance. They are released on exit at the latest. */
export class LightsHere {
  readonly #required: boolean;
  /** Undefined if there are none. */
  readonly lines: Lines | undefined;

  private constructor(required: boolean, lines: Lines | undefined) {
    this.#required = required;
    this.lines = lines;
  }

  static async open(settings: Settings): Promise<LightsHere> {
    const lines = settings.panel.lights === 'off' ? undefined : await openLines(wiringOf(settings));
    const lights = new LightsHere(settings.lights.required, lines);
    process.once('exit', lights.#release);
    return lights;
  }

  readonly #release = (): void => this.lines?.close();

  close(): void {
    process.off('exit', this.#release);
    this.#release();
  }

  /** Their driver; `stuck` if a button is down that nobody was asked to press. */
  get status(): LightsDriver | 'stuck' {
    if (!this.lines) return 'absent';
    return buttons.some((button) => this.lines?.isDown(button)) ? 'stuck' : this.lines.driver;
  }

  /** Runs `work` with the camera light lit; fails if the settings require the light and it is not lit. */
  async during<T>(work: () => Promise<Result<T, FaultCode>>): Promise<Result<T, FaultCode>> {
    this.lines?.set('camera', true);
    try {
      const lit = this.lines?.isOn('camera') === true;
      return lit || !this.#required ? await work() : err('light-failed');
    } finally {
      this.lines?.set('camera', false);
    }
  }
}
