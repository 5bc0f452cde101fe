import { type UdevEvent, subsystem, type Subsystem } from './udev-parser.js';

/** What came and went in one burst of events, as plugging in one device makes many. */
export type DeviceChanges = {
  readonly plugged: ReadonlySet<Subsystem>;
  readonly unplugged: ReadonlySet<Subsystem>;
  /** The nodes of what was unplugged, such as `/dev/video0`. */
  readonly removedNodes: ReadonlySet<string>;
  /** Events may have been missed, so that anything may have come and gone. */
  readonly eventsLost: boolean;
};

/** In milliseconds: a burst is over when nothing more came for so long, and is told of after so long at the latest. */
const quiet = 200;
const longest = 1000;

/** Gathers events that come close together, and tells of them once. */
export class ChangeDebouncer {
  readonly #tell: (plugs: DeviceChanges) => void;
  #events: UdevEvent[] = [];
  #missed = false;
  #pause: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;

  constructor(tell: (plugs: DeviceChanges) => void) {
    this.#tell = tell;
  }

  add(event: UdevEvent): void {
    this.#events.push(event);
    this.#wait();
  }

  /** Nobody listened for a while. */
  addLostEvents(): void {
    this.#missed = true;
    this.#wait();
  }

  /** Forgets what was gathered and not told yet. */
  cancel(): void {
    clearTimeout(this.#pause);
    clearTimeout(this.#end);
    this.#end = undefined;
    this.#events = [];
    this.#missed = false;
  }

  #wait(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => this.#over(), quiet);
    this.#end ??= setTimeout(() => this.#over(), longest);
  }

  #over(): void {
    const plugs = this.#missed ? anything : plugsOf(this.#events);
    this.cancel();
    this.#tell(plugs);
  }
}

const everywhere = new Set(subsystem.options);
const anything: DeviceChanges = {
  plugged: everywhere,
  unplugged: everywhere,
  removedNodes: new Set(),
  eventsLost: true,
};

function plugsOf(events: readonly UdevEvent[]): DeviceChanges {
  const removed = events.filter(({ ACTION }) => ACTION === 'remove');
  const added = events.filter(({ ACTION }) => ACTION === 'add');
  return {
    plugged: new Set(added.map(({ SUBSYSTEM }) => SUBSYSTEM)),
    unplugged: new Set(removed.map(({ SUBSYSTEM }) => SUBSYSTEM)),
    removedNodes: new Set(removed.flatMap(({ DEVNAME }) => DEVNAME ?? [])),
    eventsLost: false,
  };
}
