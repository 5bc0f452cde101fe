import type { Panel } from './panel-connection.js';

/** The connections through one door, so many at a time and no more. */
export class Places {
  readonly #limit: number;
  readonly #taken = new Set<Panel>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  get taken(): Iterable<Panel> {
    return this.#taken;
  }

  /**
   * Lets a panel in; drops it where every place is taken. One that has said nothing yet gives its place up to the next, the
   * longest silent first: a panel speaks at once, so that a crowd that only connects keeps none out.
   */
  admit(panel: Panel): boolean {
    if (this.#taken.size >= this.#limit && !this.#dropSilent()) {
      panel.drop();
      return false;
    }
    this.#taken.add(panel);
    return true;
  }

  leave(panel: Panel): void {
    this.#taken.delete(panel);
  }

  #dropSilent(): boolean {
    const silent = [...this.#taken].find(({ hasSpoken }) => !hasSpoken);
    if (!silent) return false;
    this.#taken.delete(silent);
    silent.drop();
    return true;
  }
}
