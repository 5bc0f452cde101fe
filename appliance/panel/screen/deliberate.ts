import type { Key } from '../../protocol/key.js';
import type { Typed } from './keys.js';

/** Keys that stand alone: barcode readers type them too, and a held one must not count again and again. */
const alone: readonly Typed[] = ['enter', 'language', 'back'];

/**
 * How long there must be no character before such a key, and after it, in milliseconds. A held key sends the next one
 * sooner: after 33 ms on a console (`input_enable_softrepeat(dev, 250, 33)` in the kernel's input.c), 40 ms in X, 92 ms
 * where `kbdrate` was run without options (10.9 a second, kbdrate(8)). Readers that type leave up to 50 ms between two.
 */
const quietBeforeMs = 150;
const quietAfterMs = 100;

/**
 * Takes Enter, Backspace and the language's letter only where somebody pressed them. A terminal tells nothing of a key's
 * release, so one that is held down, or typed by a barcode reader, is known by the characters around it. A keyboard's first
 * repeat comes late, but the second follows soon and unmasks it; only a key let go between the two counts twice. All
 * other keys are passed on at once, and undo a key that still waits.
 */
export class Deliberate {
  readonly #pressed: (key: Key) => void;
  /** When the last character came, in milliseconds. */
  #lastAt = -Infinity;
  /** The press that waits to be known as the last of its kind. */
  #held: { readonly key: Key } | undefined;

  constructor(pressed: (key: Key) => void) {
    this.#pressed = pressed;
  }

  hear(typed: Typed): void {
    this.#held = undefined;
    if (typed !== 'text' && !alone.includes(typed)) {
      this.#pressed(typed);
      return;
    }
    const now = performance.now();
    if (typed !== 'text' && now - this.#lastAt >= quietBeforeMs) this.#hold(typed);
    this.#lastAt = now;
  }

  /** A character that arrived while this process was busy is read before the immediate runs. */
  #hold(key: Key): void {
    const held = { key };
    this.#held = held;
    setTimeout(() => setImmediate(() => this.#release(held)), quietAfterMs);
  }

  #release(held: { readonly key: Key }): void {
    if (this.#held !== held) return;
    this.#held = undefined;
    this.#pressed(held.key);
  }
}
