/** Offers to set an untrusted clock while there is a screen to set it on. Visits go on in either case, and records are marked. */
export class ClockOffer {
  readonly #changed: (settable: boolean) => void;
  #state = { timeTrusted: true, screen: false };

  constructor(changed: (settable: boolean) => void) {
    this.#changed = changed;
  }

  update(news: { readonly timeTrusted: boolean } | { readonly screen: boolean }): void {
    this.#state = { ...this.#state, ...news };
    this.#changed(!this.#state.timeTrusted && this.#state.screen);
  }
}
