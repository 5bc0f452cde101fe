import { isDeepStrictEqual } from 'node:util';

import type { Lines } from './lines.js';
import { frameAt, lit, type Pattern } from './pattern.js';
import type { Sound } from './sounds.js';

/** Plays patterns on the status lights and sounds on the buzzer. */
export class Player {
  readonly #lines: Lines;
  #pattern: Pattern = [];
  #begun = 0;
  #next: NodeJS.Timeout | undefined;
  #beat: NodeJS.Timeout | undefined;

  constructor(lines: Lines) {
    this.#lines = lines;
  }

  /** Does not restart a pattern that is already shown. */
  show(pattern: Pattern): void {
    if (isDeepStrictEqual(pattern, this.#pattern)) return;
    clearTimeout(this.#next);
    this.#pattern = pattern;
    this.#begun = performance.now();
    this.#frame();
  }

  /** Interrupts the previous sound. */
  sound(sound: Sound): void {
    if (sound.length === 0) return;
    clearTimeout(this.#beat);
    this.#play(sound, 0);
  }

  stop(): void {
    clearTimeout(this.#next);
    clearTimeout(this.#beat);
  }

  #frame(): void {
    const [row, milliseconds] = frameAt(this.#pattern, performance.now() - this.#begun);
    lit(row).forEach((on, index) => this.#lines.set(leds[index], on));
    if (this.#pattern.length > 1) this.#next = setTimeout(() => this.#frame(), milliseconds);
  }

  #play(sound: Sound, beat: number): void {
    this.#lines.set('buzzer', beat < sound.length && beat % 2 === 0);
    if (beat === sound.length) return;
    this.#beat = setTimeout(() => this.#play(sound, beat + 1), sound[beat]);
  }
}

const leds = ['led1', 'led2', 'led3', 'led4'] as const;
