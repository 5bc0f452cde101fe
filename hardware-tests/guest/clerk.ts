import { setTimeout as wait } from 'node:timers/promises';

import { type View, view } from '../../appliance/panel/view.js';
import { Clerk } from '../counter/clerk.js';
import type { Guest } from './guest.js';

/** In milliseconds: nothing in an emulated guest takes longer, unless it is stuck. */
const patience = 300_000;

/** Somebody at the panel of the guest's appliance, who does not wait for ever. */
export class GuestClerk extends Clerk {
  #newest: View | undefined;

  constructor(guest: Guest) {
    super((key) => guest.ask({ do: 'press', key }), patience);
    guest.on('news', (news) => {
      if (news.is !== 'view') return;
      this.#newest = view.parse(news.view);
      this.see(this.#newest);
    });
  }

  get newest(): View | undefined {
    return this.#newest;
  }

  /** Takes one of the choices that are offered, wherever it stands. */
  async choose(choice: View['choices'][number]): Promise<void> {
    for (const deadline = performance.now() + patience; ;) {
      const { choices, focus } = this.#newest!;
      if (choices[focus] === choice) break;
      if (performance.now() > deadline) throw new Error(`${choice} is not among ${choices.join(', ')}`);
      await this.press('right');
      await wait(1000);
    }
    await this.press('enter');
  }

  /** Waits until the view is such. */
  async until(is: (view: View) => boolean, what: string): Promise<void> {
    for (const deadline = performance.now() + patience; !this.#newest || !is(this.#newest);) {
      if (performance.now() > deadline)
        throw new Error(`waited for ${what} and was shown ${JSON.stringify(this.#newest)}`);
      await wait(200);
    }
  }
}
