import { setTimeout as sleep } from 'node:timers/promises';

import type { Guest } from './guest.js';
import { guestTimeoutMs } from './timeouts.js';

/** Where gpio-sim exposes the lines of its chip. The chip's number depends on the kernel's other chips. */
const chip = '/sys/devices/platform/gpio-sim.0';

/** The default wiring, as the page about lights and buttons lists it. */
const statusLights = [5, 6, 13, 19];
const [cameraLight, buzzer] = [26, 12];
const lines = { yes: 16, no: 20, cancel: 21 } as const;
export type Button = keyof typeof lines;

/** What the status lights show: rows of ● and ○ one after another, each followed by a space. */
export type LightPattern = { readonly meaning: string; readonly rows: RegExp };

/** A clerk who sees only the lights, hears the buzzer and presses the buttons. */
export class LightsAndButtons {
  /** When the camera light went on or off, in milliseconds of the guest's clock. */
  readonly cameraLight: { readonly at: number; readonly lit: boolean }[] = [];
  readonly #guest: Guest;
  readonly #folder: string;
  readonly #log: (line: string) => void;
  readonly #begun = performance.now();
  #now = { row: '', camera: '0', buzzer: '0' };
  #buzzingSince = 0;
  /** The rows since the last press. */
  #rows = '';
  #changed = (): void => undefined;

  private constructor(guest: Guest, folder: string, log: (line: string) => void) {
    this.#guest = guest;
    this.#folder = folder;
    this.#log = log;
    guest.on('event', (event) => {
      if (event.is === 'words') this.#update(event.at, event.words);
    });
  }

  /** Starts watching the lines. @param log receives what is seen, heard and pressed, a line each */
  static async attach(guest: Guest, log: (line: string) => void): Promise<LightsAndButtons> {
    const folder = (await guest.run('sh', '-c', `echo ${chip}/gpiochip*`)).trim();
    const lights = new LightsAndButtons(guest, folder, log);
    const files = [...statusLights, cameraLight, buzzer].map((line) => lights.#file(line, 'value'));
    await guest.send({ do: 'watch', files });
    return lights;
  }

  /** Stops watching, which costs the emulated processor time. */
  async detach(): Promise<void> {
    await this.#guest.send({ do: 'watch', files: [] });
  }

  /** Waits until the lights have shown a pattern since the last press. */
  async waitFor({ meaning, rows }: LightPattern): Promise<void> {
    const deadline = performance.now() + guestTimeoutMs;
    while (performance.now() < deadline) {
      const shown = rows.exec(this.#rows)?.[0];
      if (shown !== undefined) {
        this.#note(`${meaning}: ${shown.trim()}`);
        return;
      }
      const change = new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
      await Promise.race([change, sleep(1000)]);
    }
    throw new Error(`the lights never showed "${meaning}", only ${this.#rows.slice(-200)}`);
  }

  /** Waits until the lights have shown none but these rows for a while. */
  async waitForSteady(meaning: string, rows: readonly string[], milliseconds: number): Promise<void> {
    const deadline = performance.now() + guestTimeoutMs;
    for (let since = performance.now(); performance.now() - since < milliseconds;) {
      await sleep(50);
      if (!rows.includes(this.#now.row)) since = performance.now();
      if (since > deadline) throw new Error(`the lights never showed "${meaning}", but ${this.#now.row}`);
    }
    this.#note(`${meaning}: ${this.#now.row}`);
  }

  /** Presses a button, and returns when its contact closed, in milliseconds of the guest's clock. */
  async press(button: Button): Promise<number> {
    this.#rows = '';
    this.#note(`button ${button}`);
    const pull = this.#file(lines[button], 'pull');
    const { ok, text } = await this.#guest.send({ do: 'push-button', pull });
    if (!ok) throw new Error(text);
    return Number(text);
  }

  #file(line: number, name: string): string {
    return `${this.#folder}/sim_gpio${line}/${name}`;
  }

  #update(at: number, words: string): void {
    const row = Array.from(words.slice(0, 4), (level) => (level === '1' ? '●' : '○')).join('');
    const before = this.#now;
    this.#now = { row, camera: words[4], buzzer: words[5] };
    if (row !== before.row) this.#rows += `${row} `;
    if (this.#now.camera !== before.camera) {
      const lit = this.#now.camera === '1';
      this.cameraLight.push({ at, lit });
      this.#note(`camera light ${lit ? 'on' : 'off'}`);
    }
    if (this.#now.buzzer === '1' && before.buzzer === '0') this.#buzzingSince = at;
    if (this.#now.buzzer === '0' && before.buzzer === '1')
      this.#note(`buzzer, ${Math.round(at - this.#buzzingSince)} ms`);
    this.#changed();
  }

  #note(text: string): void {
    const seconds = ((performance.now() - this.#begun) / 1000).toFixed(1);
    this.#log(`${seconds.padStart(6)} s  ${text}`);
  }
}
