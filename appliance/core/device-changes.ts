import { subsystem, type Subsystem, type UdevEvent } from './udev-parser.js';

/** What was plugged in and unplugged during one burst of events; a single device causes several. */
export type DeviceChanges = {
  readonly plugged: ReadonlySet<Subsystem>;
  readonly unplugged: ReadonlySet<Subsystem>;
  /** The nodes of the unplugged devices, such as `/dev/video0`. */
  readonly removedNodes: ReadonlySet<string>;
  /** Nobody listened for a while, so anything may have changed. */
  readonly eventsLost: boolean;
};

/** A burst ends after this long without an event, or at the latest this long after its first event. */
const quietMs = 200;
const maxDelayMs = 1000;

/** Debounces udev events, and reports those of a burst once. */
export class ChangeDebouncer {
  readonly #report: (changes: DeviceChanges) => void;
  #events: UdevEvent[] = [];
  #eventsLost = false;
  #quiet: NodeJS.Timeout | undefined;
  #latest: NodeJS.Timeout | undefined;

  constructor(report: (changes: DeviceChanges) => void) {
    this.#report = report;
  }

  add(event: UdevEvent): void {
    this.#events.push(event);
    this.#schedule();
  }

  addLostEvents(): void {
    this.#eventsLost = true;
    this.#schedule();
  }

  /** Drops events that are not reported yet. */
  cancel(): void {
    clearTimeout(this.#quiet);
    clearTimeout(this.#latest);
    this.#latest = undefined;
    this.#events = [];
    this.#eventsLost = false;
  }

  #schedule(): void {
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => this.#flush(), quietMs);
    this.#latest ??= setTimeout(() => this.#flush(), maxDelayMs);
  }

  #flush(): void {
    const changes = this.#eventsLost ? anything : changesOf(this.#events);
    this.cancel();
    this.#report(changes);
  }
}

const everySubsystem = new Set(subsystem.options);
const anything: DeviceChanges = {
  plugged: everySubsystem,
  unplugged: everySubsystem,
  removedNodes: new Set(),
  eventsLost: true,
};

function changesOf(events: readonly UdevEvent[]): DeviceChanges {
  const removed = events.filter(({ ACTION }) => ACTION === 'remove');
  const added = events.filter(({ ACTION }) => ACTION === 'add');
  return {
    plugged: new Set(added.map(({ SUBSYSTEM }) => SUBSYSTEM)),
    unplugged: new Set(removed.map(({ SUBSYSTEM }) => SUBSYSTEM)),
    removedNodes: new Set(removed.flatMap(({ DEVNAME }) => DEVNAME ?? [])),
    eventsLost: false,
  };
}
