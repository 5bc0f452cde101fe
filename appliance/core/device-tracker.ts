import { isDeepStrictEqual } from 'node:util';

import type { FaultCode } from '../findings.js';
import type { View } from '../panel/view.js';
import { err, ok, type Result } from '../result.js';
import type { DeviceKind } from '../protocol/vault.js';
import { type DeviceChoice, isSimulated } from './devices.js';

/** A device as looking found it. */
export type FoundDevice<C extends DeviceChoice> = {
  readonly choice: C;
  readonly label: string;
  readonly node?: string | undefined;
  /** Of a camera: its largest picture, in pixels. */
  readonly largest?: { readonly width: number; readonly height: number } | undefined;
};

/** What is asked of one kind of device. */
export type DeviceRequest<C extends DeviceChoice> = {
  /** The settings' name for it, or `auto`. */
  readonly name: string;
  /** Pictures that were given to practise with: they serve, whatever is attached. */
  readonly override: C | undefined;
  /** Pictures that serve while no device was ever found. They are installed at set-up, and not on a box. */
  readonly fallback: C | undefined;
};

/** The devices of one kind: which are attached, as far as was looked, and which of them serves. */
export class DeviceTracker<C extends DeviceChoice> {
  readonly #asked: DeviceRequest<C>;
  readonly #look: () => Promise<Result<readonly FoundDevice<C>[], FaultCode>>;
  #found: Result<readonly FoundDevice<C>[], FaultCode> | undefined;
  #inDoubt = true;
  #looking: Promise<void> | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #serving: C | undefined;
  /** The device that served last, and serves if any does. */
  #known: FoundDevice<C> | undefined;

  constructor(
    readonly kind: DeviceKind,
    asked: DeviceRequest<C>,
    look: () => Promise<Result<readonly FoundDevice<C>[], FaultCode>>,
  ) {
    this.#asked = asked;
    this.#look = look;
  }

  /** What serves, from one `settle` to the next. */
  get selected(): C | undefined {
    return this.#serving;
  }

  get state(): View['scanner'] {
    if (this.#serving) return 'ready';
    return this.#found ? 'missing' : 'looking';
  }

  /** The name that the settings give, while no such device is there. */
  get awaited(): string | undefined {
    const { name } = this.#asked;
    return this.state === 'missing' && name !== 'auto' ? name : undefined;
  }

  /** What is known may be out of date. */
  invalidate(): void {
    this.#inDoubt = true;
  }

  get isStale(): boolean {
    return this.#inDoubt && !this.#asked.override;
  }

  /** Looks, as long as what is known is in doubt. */
  async refresh(): Promise<void> {
    while (this.isStale) await (this.#looking ??= this.#lookInTurn());
  }

  /** Settles what serves from now on. */
  select(): Result<C, FaultCode> {
    const device = this.#chosen();
    this.#known = device ?? this.#known;
    this.#serving = this.#asked.override ?? device?.choice ?? this.#practice();
    if (this.#serving) return ok(this.#serving);
    return this.#found?.ok === false ? this.#found : err(`${this.kind}-missing` as const);
  }

  /** What serves, after looking anew. */
  async reselect(): Promise<Result<C, FaultCode>> {
    this.invalidate();
    await this.refresh();
    return this.select();
  }

  /** Of the camera that serves: its largest picture, where that is known. */
  get largest(): FoundDevice<C>['largest'] {
    return this.#isReal ? this.#known?.largest : undefined;
  }

  /** Does something with the device. Looking opens devices, so that neither goes on while the other does. */
  use<T>(work: () => Promise<T>): Promise<T> {
    return this.#inTurn(work);
  }

  /** Whether the device that serves is the one behind one of these nodes. */
  isSelectedAt(nodes: ReadonlySet<string>): boolean {
    return this.#isReal && this.#known?.node !== undefined && nodes.has(this.#known.node);
  }

  /** Whether udev would tell by its node that the device that serves is gone, so that nobody has to look. */
  get udevReportsRemoval(): boolean {
    return !this.#isReal || this.#known?.node !== undefined;
  }

  /** Looks why what serves can serve no more; undefined when it can. */
  async checkSelected(): Promise<FaultCode | undefined> {
    await this.refresh();
    if (!this.#isReal) return undefined;
    if (this.#found?.ok === false) return this.#found.error;
    const isThere = this.#found?.value.some(({ choice }) => isDeepStrictEqual(choice, this.#serving));
    return isThere ? undefined : `${this.kind}-missing`;
  }

  get #isReal(): boolean {
    return this.#serving !== undefined && !isSimulated(this.#serving);
  }

  #lookInTurn(): Promise<void> {
    return this.#inTurn(async () => {
      this.#inDoubt = false;
      this.#found = await this.#look();
      this.#looking = undefined;
    });
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** A device that was named is that one or none; of others the one that served last, or one like it. */
  #chosen(): FoundDevice<C> | undefined {
    const { name } = this.#asked;
    const found = this.#found?.ok ? this.#found.value : [];
    const suitable = found.filter((device) => name === 'auto' || isCalled(device, name));
    return (
      suitable.find(({ choice }) => isDeepStrictEqual(choice, this.#known?.choice)) ??
      suitable.find(({ label }) => label === this.#known?.label) ??
      suitable.at(0)
    );
  }

  /** Practice never takes the place of a device that was named, or that served before, or whose driver fails. */
  #practice(): C | undefined {
    const { name, fallback } = this.#asked;
    return name === 'auto' && !this.#known && this.#found?.ok ? fallback : undefined;
  }
}

function isCalled({ choice, label }: FoundDevice<DeviceChoice>, named: string): boolean {
  return label === named || ('name' in choice && choice.name === named);
}
