import { setTimeout as sleep } from 'node:timers/promises';

import { focused, type View, view } from '../../appliance/panel/view.js';
import { Clerk } from '../counter/clerk.js';
import { until } from '../counter/until.js';
import type { Guest } from './guest.js';
import { guestTimeoutMs } from './timeouts.js';

/** A clerk at the panel of the guest's appliance, who also sees the newest view, not only the awaited ones. */
export class GuestClerk extends Clerk {
  #view: View | undefined;

  constructor(guest: Guest) {
    super((key) => guest.send({ do: 'press', key }), guestTimeoutMs);
    guest.on('event', (event) => {
      if (event.is !== 'view') return;
      this.#view = view.parse(event.view);
      this.see(this.#view);
    });
  }

  get view(): View | undefined {
    return this.#view;
  }

  /** Moves the focus to one of the offered choices, and takes it. */
  async choose(choice: View['choices'][number]): Promise<void> {
    for (const deadline = performance.now() + guestTimeoutMs; ;) {
      const { choices } = this.#view!;
      if (focused(this.#view!) === choice) break;
      if (performance.now() > deadline) throw new Error(`${choice} is not among ${choices.join(', ')}`);
      await this.press('right');
      await sleep(1000);
    }
    await this.press('enter');
  }

  /** Waits for a view of this kind. @param what names it in the error */
  async waitFor(matches: (view: View) => boolean, what: string): Promise<void> {
    const options = { timeoutMs: guestTimeoutMs, intervalMs: 200, seen: () => this.#view };
    await until(what, () => this.#view && matches(this.#view), options);
  }
}
