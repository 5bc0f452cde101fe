import { isDeepStrictEqual } from 'node:util';

import type { FaultCode } from '../findings.js';
import type { View } from '../panel/view.js';
import { isNamed } from '../protocol/label.js';
import type { DeviceKind } from '../protocol/vault.js';
import { err, ok, type Result } from '../result.js';
import { type DeviceChoice, isSimulated } from './devices.js';

export type FoundDevice<C extends DeviceChoice> = {
  readonly choice: C;
  readonly label: string;
  /** The USB port that a camera is in. */
  readonly port?: string | undefined;
  readonly node?: string | undefined;
  /** A camera's largest picture, in pixels. */
  readonly largest?: { readonly width: number; readonly height: number } | undefined;
};

/** The device of one kind that settings and the command line ask for. */
export type DeviceRequest<C extends DeviceChoice> = {
  /** A name from the settings, or `auto`. */
  readonly name: string;
  /** Practice pictures that replace any device. */
  readonly override: C | undefined;
  /** Practice pictures to use until a device was found. A box has none. */
  readonly fallback: C | undefined;
};

/** Finds the devices of one kind, and selects one. What was found is cached until it is invalidated. */
export class DeviceTracker<C extends DeviceChoice> {
  readonly #request: DeviceRequest<C>;
  readonly #find: () => Promise<Result<readonly FoundDevice<C>[], FaultCode>>;
  #found: Result<readonly FoundDevice<C>[], FaultCode> | undefined;
  #stale = true;
  #finding: Promise<void> | undefined;
  #lastJob: Promise<unknown> = Promise.resolve();
  #selected: C | undefined;
  /** The real device that is selected, or was selected last. */
  #device: FoundDevice<C> | undefined;

  constructor(
    readonly kind: DeviceKind,
    request: DeviceRequest<C>,
    find: () => Promise<Result<readonly FoundDevice<C>[], FaultCode>>,
  ) {
    this.#request = request;
    this.#find = find;
  }

  /** Changes only in `select`. */
  get selected(): C | undefined {
    return this.#selected;
  }

  get state(): View['scanner'] {
    if (this.#selected) return 'ready';
    return this.#found ? 'missing' : 'looking';
  }

  /** The device's name in the settings, while it is missing. */
  get awaited(): string | undefined {
    const { name } = this.#request;
    return this.state === 'missing' && name !== 'auto' ? name : undefined;
  }

  /** Marks what was found as out of date. */
  invalidate(): void {
    this.#stale = true;
  }

  get isStale(): boolean {
    return this.#stale && !this.#request.override;
  }

  /** Finds the devices again, until the result is current. Waits for a find that is under way. */
  async refresh(): Promise<void> {
    while (this.isStale || this.#finding) await (this.#finding ??= this.#findInTurn());
  }

  /** Selects a device among those found. */
  select(): Result<C, FaultCode> {
    const device = this.#bestDevice();
    this.#device = device ?? this.#device;
    this.#selected = this.#request.override ?? device?.choice ?? this.#usableFallback();
    if (this.#selected) return ok(this.#selected);
    return this.#found?.ok === false ? this.#found : err(`${this.kind}-missing` as const);
  }

  /** Finds the devices again, and selects one. */
  async reselect(): Promise<Result<C, FaultCode>> {
    this.invalidate();
    await this.refresh();
    return this.select();
  }

  /** The largest picture of the selected camera, in pixels, if known. */
  get largest(): FoundDevice<C>['largest'] {
    return this.#isReal ? this.#device?.largest : undefined;
  }

  /** The selected device's own name, without the port that it is in; `practice` for pictures. */
  get label(): string | undefined {
    if (this.#selected === undefined) return undefined;
    return this.#isReal ? this.#device?.label : 'practice';
  }

  /** Uses the device exclusively: finding devices opens them too. */
  use<T>(job: () => Promise<T>): Promise<T> {
    return this.#inTurn(job);
  }

  /** Whether the selected device has one of these nodes. */
  isSelectedAt(nodes: ReadonlySet<string>): boolean {
    return this.#isReal && this.#device?.node !== undefined && nodes.has(this.#device.node);
  }

  /** Whether udev would report the removal of the selected device by its node, so that it need not be probed. */
  get udevReportsRemoval(): boolean {
    return !this.#isReal || this.#device?.node !== undefined;
  }

  /** Probes the selected device, and returns its fault if it is gone. */
  async checkSelected(): Promise<FaultCode | undefined> {
    await this.refresh();
    if (!this.#isReal) return undefined;
    if (this.#found?.ok === false) return this.#found.error;
    const isFound = this.#found?.value.some(({ choice }) => isDeepStrictEqual(choice, this.#selected));
    return isFound ? undefined : `${this.kind}-missing`;
  }

  get #isReal(): boolean {
    return this.#selected !== undefined && !isSimulated(this.#selected);
  }

  #findInTurn(): Promise<void> {
    return this.#inTurn(async () => {
      this.#stale = false;
      this.#found = await this.#find();
    }).finally(() => (this.#finding = undefined));
  }

  #inTurn<T>(job: () => Promise<T>): Promise<T> {
    const done = this.#lastJob.then(job);
    this.#lastJob = done.catch(() => undefined);
    return done;
  }

  /** A device named in the settings cannot be replaced. Otherwise prefer the last one, then one with its label. */
  #bestDevice(): FoundDevice<C> | undefined {
    const { name } = this.#request;
    const found = this.#found?.ok ? this.#found.value : [];
    const suitable = found.filter((device) => name === 'auto' || isMeant(device, name));
    return (
      suitable.find(({ choice }) => isDeepStrictEqual(choice, this.#device?.choice)) ??
      suitable.find(({ label }) => label === this.#device?.label) ??
      suitable.at(0)
    );
  }

  /** Practice pictures never replace a device that is named, was used before, or has a failing driver. */
  #usableFallback(): C | undefined {
    const { name, fallback } = this.#request;
    return name === 'auto' && !this.#device && this.#found?.ok ? fallback : undefined;
  }
}

function isMeant(device: FoundDevice<DeviceChoice>, name: string): boolean {
  return isNamed(device, name) || ('name' in device.choice && device.choice.name === name);
}
