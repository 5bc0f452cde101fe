import { type Button, buttons } from './lines.js';

/**
 * In milliseconds: a contact has settled, and of two buttons that are pressed at once both are down. Contacts bounce
 * for some 5 ms, and a hand that presses two buttons is not exact.
 */
const settling = 30;

type Contact = { down: boolean; changedAt: number | undefined };

/**
 * Makes presses of what the buttons' lines read. A button counts once, when it has been down for a moment; held, it
 * does not repeat; held since the start, it is stuck and does not count. Beside another that is down only `cancel`
 * counts, which never does harm.
 */
export class Buttons {
  readonly #contacts: ReadonlyMap<Button, Contact>;

  constructor(down: (button: Button) => boolean) {
    this.#contacts = new Map(buttons.map((button) => [button, { down: down(button), changedAt: undefined }]));
  }

  /** The buttons that were pressed, now that the lines read so; `now` in milliseconds. */
  read(down: (button: Button) => boolean, now: number): Button[] {
    const held = buttons.filter(down);
    return [...this.#contacts].flatMap(([button, contact]) => {
      const settled = settle(contact, held.includes(button), now);
      return settled && contact.down && (button === 'cancel' || held.length === 1) ? [button] : [];
    });
  }

  /** When to read again although no line changes; undefined while all are settled. */
  get dueAt(): number | undefined {
    const changes = [...this.#contacts.values()].flatMap(({ changedAt }) => changedAt ?? []);
    return changes.length === 0 ? undefined : Math.min(...changes) + settling;
  }
}

/** Whether the contact has just settled at what it reads. */
function settle(contact: Contact, reads: boolean, now: number): boolean {
  if (reads === contact.down) {
    contact.changedAt = undefined;
    return false;
  }
  contact.changedAt ??= now;
  if (now - contact.changedAt < settling) return false;
  Object.assign(contact, { down: reads, changedAt: undefined });
  return true;
}
