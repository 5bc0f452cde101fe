import type { FaultCode } from '../../findings.js';
import { err, type Result } from '../../result.js';
import type { Settings } from '../../settings/settings.js';
import type { LightsDriver } from '../../protocol/lights.js';
import type { Lines } from './lines.js';
import { openLines } from './open.js';
import { wiringOf } from './wiring.js';

/** The lights of a machine on which no appliance runs; they are given back when this process ends, or before. */
export class LightsHere {
  readonly #required: boolean;
  /** Undefined where there are none. */
  readonly lines: Lines | undefined;

  private constructor(required: boolean, lines: Lines | undefined) {
    this.#required = required;
    this.lines = lines;
  }

  static async open(settings: Settings): Promise<LightsHere> {
    const lines = settings.panel.lights === 'off' ? undefined : await openLines(wiringOf(settings));
    const lights = new LightsHere(settings.lights.required, lines);
    process.once('exit', lights.#giveBack);
    return lights;
  }

  readonly #giveBack = (): void => this.lines?.close();

  close(): void {
    process.off('exit', this.#giveBack);
    this.#giveBack();
  }

  get driver(): LightsDriver {
    return this.lines?.driver ?? 'absent';
  }

  /** Does something while the camera light is lit, if it can be lit as the settings ask. */
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
