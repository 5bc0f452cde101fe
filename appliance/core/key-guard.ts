import { isDeepStrictEqual } from 'node:util';

import type { View } from '../panel/view.js';
import type { Key } from '../protocol/key.js';

const guarded: readonly Key[] = ['enter', 'next'];

/** In milliseconds after a new scene, or after new choices in it: the press was aimed at what was there before. */
const readingMs = 200;

/** In milliseconds: a finger does not press again as soon, but a contact that chatters and a key that repeats do. */
const againMs = 150;

type Asked = Pick<View, 'choices'> & { readonly scene: View['scene']['name'] };

/** The core's own guard over Enter and Next, whichever panel sends them and whatever is wrong with it. */
export class KeyGuard {
  readonly #now: () => number;
  readonly #pressedAt = new Map<Key, number>();
  #asked: Asked | undefined;
  #askedAt = -Infinity;

  /** @param now in milliseconds, from any origin */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  shown({ scene, choices }: View): void {
    const asked = { scene: scene.name, choices };
    if (isDeepStrictEqual(asked, this.#asked)) return;
    this.#asked = asked;
    this.#askedAt = this.#now();
  }

  /** Whether a key counts. One that comes again too soon does not, and the time for the next begins anew. */
  accepts(key: Key): boolean {
    if (!guarded.includes(key)) return true;
    const now = this.#now();
    const isRepeated = now - (this.#pressedAt.get(key) ?? -Infinity) < againMs;
    this.#pressedAt.set(key, now);
    return !isRepeated && now - this.#askedAt >= readingMs;
  }
}
