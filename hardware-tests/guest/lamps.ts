import { setTimeout as wait } from 'node:timers/promises';

import type { Guest } from './guest.js';

/** Where gpio-sim shows the lines of its chip; its number depends on the kernel's other chips. */
const chip = '/sys/devices/platform/gpio-sim.0';

/** The lines of a new appliance, by the README's table of wiring. */
const statusLights = [5, 6, 13, 19];
const [cameraLight, buzzer] = [26, 12];
const lines = { yes: 16, no: 20, cancel: 21 } as const;
export type Button = keyof typeof lines;

/** In milliseconds: nothing that lights show in an emulated guest takes longer to come. */
const patience = 300_000;

/** What the lights show, by the README's table: rows one after another, each followed by a space. */
export type Reading = { readonly says: string; readonly rows: RegExp };

/** Somebody who sees nothing of the appliance but its lights, hears its buzzer and presses its buttons. */
export class Lamps {
  /** When the camera light went on or off, in the guest's milliseconds. */
  readonly camera: { readonly at: number; readonly lit: boolean }[] = [];
  readonly #guest: Guest;
  readonly #folder: string;
  readonly #tell: (line: string) => void;
  readonly #begun = performance.now();
  #now = { row: '', camera: '0', buzzer: '0' };
  #heardSince = 0;
  /** The rows since the last press. */
  #rows = '';
  #changed = (): void => undefined;

  private constructor(guest: Guest, folder: string, tell: (line: string) => void) {
    this.#guest = guest;
    this.#folder = folder;
    this.#tell = tell;
    guest.on('news', (news) => {
      if (news.is === 'words') this.#see(news.at, news.words);
    });
  }

  /** Sits down at the counter of the guest, and tells what is seen, heard and pressed, a line each. */
  static async at(guest: Guest, tell: (line: string) => void): Promise<Lamps> {
    const folder = (await guest.run('sh', '-c', `echo ${chip}/gpiochip*`)).trim();
    const lamps = new Lamps(guest, folder, tell);
    const files = [...statusLights, cameraLight, buzzer].map((line) => lamps.#file(line, 'value'));
    await guest.ask({ do: 'watch', files });
    return lamps;
  }

  /** Looks no more: each look costs the emulated machine time. */
  async leave(): Promise<void> {
    await this.#guest.ask({ do: 'watch', files: [] });
  }

  /** Looks until the lights say this, and notes it. */
  async read({ says, rows }: Reading): Promise<void> {
    const deadline = performance.now() + patience;
    while (performance.now() < deadline) {
      const shown = rows.exec(this.#rows)?.[0];
      if (shown !== undefined) {
        this.#note(`${says}: ${shown.trim()}`);
        return;
      }
      const change = new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
      await Promise.race([change, wait(1000)]);
    }
    throw new Error(`the lights never said "${says}"; they showed ${this.#rows.slice(-200)}`);
  }

  /** Looks until nothing else than these rows was shown for so many milliseconds. */
  async readSteady(says: string, rows: readonly string[], milliseconds: number): Promise<void> {
    const deadline = performance.now() + patience;
    for (let since = performance.now(); performance.now() - since < milliseconds;) {
      await wait(50);
      if (!rows.includes(this.#now.row)) since = performance.now();
      if (since > deadline) throw new Error(`the lights never said "${says}"; they showed ${this.#now.row}`);
    }
    this.#note(`${says}: ${this.#now.row}`);
  }

  /** Presses a button as a hand does; answers when the contact closed, in the guest's milliseconds. */
  async press(button: Button): Promise<number> {
    this.#rows = '';
    this.#note(`button ${button}`);
    const { ok, text } = await this.#guest.ask({ do: 'touch', pull: this.#file(lines[button], 'pull') });
    if (!ok) throw new Error(text);
    return Number(text);
  }

  #file(line: number, name: string): string {
    return `${this.#folder}/sim_gpio${line}/${name}`;
  }

  #see(at: number, words: string): void {
    const row = Array.from(words.slice(0, 4), (level) => (level === '1' ? '●' : '○')).join('');
    const before = this.#now;
    this.#now = { row, camera: words[4], buzzer: words[5] };
    if (row !== before.row) this.#rows += `${row} `;
    if (this.#now.camera !== before.camera) {
      const lit = this.#now.camera === '1';
      this.camera.push({ at, lit });
      this.#note(`camera light ${lit ? 'on' : 'off'}`);
    }
    if (this.#now.buzzer === '1' && before.buzzer === '0') this.#heardSince = at;
    if (this.#now.buzzer === '0' && before.buzzer === '1')
      this.#note(`buzzer, ${Math.round(at - this.#heardSince)} ms`);
    this.#changed();
  }

  #note(what: string): void {
    const seconds = ((performance.now() - this.#begun) / 1000).toFixed(1);
    this.#tell(`${seconds.padStart(6)} s  ${what}`);
  }
}
