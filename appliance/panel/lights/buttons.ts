import { type Button, buttons } from './lines.js';

/**
 * Debounce time. Contacts bounce for some 5 ms; the rest is for two buttons that are pressed together but not exactly
 * at once.
 */
const settlingMs = 30;

type Contact = { down: boolean; changedAt: number | undefined };

/**
 * Debounces the buttons. A press counts once, without repeat. A button that is down from the start is stuck and does not
 * count. While two buttons are down, only `cancel` counts, which is always safe.
 */
export class Buttons {
  readonly #contacts: ReadonlyMap<Button, Contact>;

  constructor(down: (button: Button) => boolean) {
    this.#contacts = new Map(buttons.map((button) => [button, { down: down(button), changedAt: undefined }]));
  }

  /** The new presses, given the lines' levels; `now` in milliseconds. */
  read(down: (button: Button) => boolean, now: number): Button[] {
    const held = buttons.filter(down);
    return [...this.#contacts].flatMap(([button, contact]) => {
      const settled = settle(contact, held.includes(button), now);
      return settled && contact.down && (button === 'cancel' || held.length === 1) ? [button] : [];
    });
  }

  /** When to read again even if no line changes; undefined while all are settled. */
  get dueAt(): number | undefined {
    const changes = [...this.#contacts.values()].flatMap(({ changedAt }) => changedAt ?? []);
    return changes.length === 0 ? undefined : Math.min(...changes) + settlingMs;
  }
}

/** Whether the contact has just settled at a new level. */
function settle(contact: Contact, reads: boolean, now: number): boolean {
  if (reads === contact.down) {
    contact.changedAt = undefined;
    return false;
  }
  contact.changedAt ??= now;
  if (now - contact.changedAt < settlingMs) return false;
  Object.assign(contact, { down: reads, changedAt: undefined });
  return true;
}
