import { type View, view } from '../../appliance/panel/view.js';
import { Clerk } from '../../test/appliance/clerk.js';
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
}
