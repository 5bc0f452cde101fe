import { view } from '../../appliance/panel/view.js';
import { Clerk } from '../counter/clerk.js';
import type { Guest } from './guest.js';
import { guestTimeoutMs } from './timeouts.js';

/** A clerk at the panel of the guest's appliance. */
export class GuestClerk extends Clerk {
  constructor(guest: Guest) {
    super((key) => guest.send({ do: 'press', key }), guestTimeoutMs);
    guest.on('event', (event) => {
      if (event.is === 'view') this.see(view.parse(event.view));
    });
  }
}
