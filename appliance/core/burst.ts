import { type PlugEvent, subsystem, type Subsystem } from './udev-lines.js';

/** What came and went in one burst of events, as plugging in one device makes many. */
export type Plugs = {
  readonly plugged: ReadonlySet<Subsystem>;
  readonly unplugged: ReadonlySet<Subsystem>;
  /** The nodes of what was unplugged, such as `/dev/video0`. */
  readonly gone: ReadonlySet<string>;
  /** Events may have been missed, so that anything may have come and gone. */
  readonly missed: boolean;
};

/** In milliseconds: a burst is over when nothing more came for so long, and is told of after so long at the latest. */
const quiet = 200;
const longest = 1000;

/** Gathers events that come close together, and tells of them once. */
export class Burst {
  readonly #tell: (plugs: Plugs) => void;
  #events: PlugEvent[] = [];
  #missed = false;
  #pause: NodeJS.Timeout | undefined;
  #end: NodeJS.Timeout | undefined;

  constructor(tell: (plugs: Plugs) => void) {
    this.#tell = tell;
  }

  add(event: PlugEvent): void {
    this.#events.push(event);
    this.#wait();
  }

  /** Nobody listened for a while. */
  miss(): void {
    this.#missed = true;
    this.#wait();
  }

  /** Forgets what was gathered and not told yet. */
  drop(): void {
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
    this.drop();
    this.#tell(plugs);
  }
}

const everywhere = new Set(subsystem.options);
const anything: Plugs = { plugged: everywhere, unplugged: everywhere, gone: new Set(), missed: true };

function plugsOf(events: readonly PlugEvent[]): Plugs {
  const removed = events.filter(({ ACTION }) => ACTION === 'remove');
  const added = events.filter(({ ACTION }) => ACTION === 'add');
  return {
    plugged: new Set(added.map(({ SUBSYSTEM }) => SUBSYSTEM)),
    unplugged: new Set(removed.map(({ SUBSYSTEM }) => SUBSYSTEM)),
    gone: new Set(removed.flatMap(({ DEVNAME }) => DEVNAME ?? [])),
    missed: false,
  };
}
