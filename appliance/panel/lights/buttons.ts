import { type Button, buttons } from './lines.js';

/**
 * Debounce time. Contacts bounce for some 5 ms; the rest is for two buttons that are pressed together but not exactly
 * at once.
 */
const settlingMs = 30;

/** A button that is down for so long is stuck: nobody presses it, something lies on it. */
const stuckAfterMs = 10_000;

type Contact = {
  down: boolean;
  changedAt: number | undefined;
  /** When it was pressed. */
  downSince: number;
  stuck: boolean;
};

/**
 * Debounces the buttons. A press counts once, without repeat. A button that is down from the start is stuck and does not
 * count. While two buttons are down, only `cancel` counts, which is always safe; a stuck one leaves the others alone.
 */
export class Buttons {
  readonly #contacts: ReadonlyMap<Button, Contact>;

  constructor(down: (button: Button) => boolean) {
    this.#contacts = new Map(buttons.map((button) => [button, atStart(down(button))]));
  }

  /** The new presses, given the lines' levels; `now` in milliseconds. */
  read(down: (button: Button) => boolean, now: number): Button[] {
    const read = buttons.filter(down);
    const settled = [...this.#contacts].filter(([button, contact]) =>
      settle(contact, read.includes(button), now),
    );
    for (const contact of this.#contacts.values())
      contact.stuck = contact.down && now - contact.downSince >= stuckAfterMs;
    const held = read.filter((button) => !this.stuck.includes(button));
    return settled.flatMap(([button, contact]) =>
      contact.down && (button === 'cancel' || held.length === 1) ? [button] : [],
    );
  }

  get stuck(): Button[] {
    return buttons.filter((button) => this.#contacts.get(button)!.stuck);
  }

  /** When to read again even if no line changes; undefined while nothing is about to change. */
  get dueAt(): number | undefined {
    const due = [...this.#contacts.values()].flatMap(({ down, changedAt, downSince, stuck }) => {
      if (changedAt !== undefined) return changedAt + settlingMs;
      return down && !stuck ? downSince + stuckAfterMs : [];
    });
    return due.length === 0 ? undefined : Math.min(...due);
  }
}

const atStart = (down: boolean): Contact => ({
  down,
  changedAt: undefined,
  downSince: -Infinity,
  stuck: down,
});

/** Whether the contact has just settled at a new level. */
function settle(contact: Contact, reads: boolean, now: number): boolean {
  if (reads === contact.down) {
    contact.changedAt = undefined;
    return false;
  }
  contact.changedAt ??= now;
  if (now - contact.changedAt < settlingMs) return false;
  Object.assign(contact, { down: reads, changedAt: undefined, downSince: contact.changedAt });
  return true;
}
