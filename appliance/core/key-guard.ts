import type { Scene } from '../panel/view.js';
import type { Key } from '../protocol/key.js';

const guarded: readonly Key[] = ['enter', 'next'];
const guardMs = 300;

/** Ignores Enter and Next for 300 ms after a scene change: the press was aimed at the old scene. */
export class KeyGuard {
  #scene: Scene['name'] | undefined;
  #shownAt = 0;

  sceneShown(scene: Scene['name']): void {
    if (scene === this.#scene) return;
    this.#scene = scene;
    this.#shownAt = performance.now();
  }

  accepts(key: Key): boolean {
    return !guarded.includes(key) || performance.now() - this.#shownAt >= guardMs;
  }
}
