import { setTimeout as wait } from 'node:timers/promises';

import { type Scene, type View, view } from '../../appliance/panel/view.js';
import { Clerk } from '../../test/appliance/clerk.js';
import type { Guest } from './guest.js';

/** In milliseconds: nothing in an emulated guest takes longer, unless it is stuck. */
const patience = 300_000;

/** Somebody at the panel of the guest's appliance, who does not wait for ever. */
export class GuestClerk extends Clerk {
  #newest: View | undefined;

  constructor(guest: Guest) {
    super((key) => guest.ask({ do: 'press', key }));
    guest.on('news', (news) => {
      if (news.is !== 'view') return;
      this.#newest = view.parse(news.view);
      this.see(this.#newest);
    });
  }

  get newest(): View | undefined {
    return this.#newest;
  }

  override async scene<N extends Scene['name']>(
    name: N,
    choices?: number,
  ): Promise<Extract<Scene, { name: N }>> {
    const late = new AbortController();
    const seen = await Promise.race([
      super.scene(name, choices),
      wait(patience, undefined, { signal: late.signal }).catch(() => undefined),
    ]);
    late.abort();
    if (!seen) throw new Error(`${name} was not shown; shown is ${JSON.stringify(this.#newest?.scene)}`);
    return seen;
  }
}
