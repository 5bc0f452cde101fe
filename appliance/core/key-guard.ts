import { isDeepStrictEqual } from 'node:util';

import type { View } from '../panel/view.js';
import type { Key } from '../protocol/key.js';

/**
 * In milliseconds after a new scene, or after new choices in it, and for Enter also after the focus moved: the press was
 * aimed at what was there before.
 */
const readingMs = 200;
const read: readonly Key[] = ['enter', 'next'];

/**
 * Within how many milliseconds a key does not count again: a finger is not as fast, but a contact that chatters and a key
 * that repeats are. Cancel ends whatever is shown, so even a held key's first repeat, 660 ms late in X, must not count.
 */
const againMs: Readonly<Partial<Record<Key, number>>> = { enter: 150, next: 150, back: 150, cancel: 700 };

type Asked = Pick<View, 'choices'> & { readonly scene: View['scene']['name'] };

/** The core's own guard over the keys that lead on or end something, whichever panel sends them. */
export class KeyGuard {
  readonly #now: () => number;
  readonly #pressedAt = new Map<Key, number>();
  #asked: Asked | undefined;
  #askedAt = -Infinity;
  #focus: View['focus'];
  #movedAt = -Infinity;

  /** @param now in milliseconds, from any origin */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  shown({ scene, choices, focus }: View): void {
    const asked = { scene: scene.name, choices };
    if (!isDeepStrictEqual(asked, this.#asked)) this.#askedAt = this.#now();
    if (focus !== this.#focus) this.#movedAt = this.#now();
    this.#asked = asked;
    this.#focus = focus;
  }

  /** Whether a key counts. One that comes again too soon does not, and the time for the next begins anew. */
  accepts(key: Key): boolean {
    const now = this.#now();
    const isRepeated = now - (this.#pressedAt.get(key) ?? -Infinity) < (againMs[key] ?? 0);
    this.#pressedAt.set(key, now);
    return !isRepeated && this.#isRead(key, now);
  }

  #isRead(key: Key, now: number): boolean {
    if (!read.includes(key)) return true;
    const changedAt = key === 'enter' ? Math.max(this.#askedAt, this.#movedAt) : this.#askedAt;
    return now - changedAt >= readingMs;
  }
}
