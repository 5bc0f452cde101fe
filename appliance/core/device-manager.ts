import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { FaultCode } from '../findings.js';
import { installation } from '../installation.js';
import { ok, type Result } from '../result.js';
import { findDevices as lookThroughVault } from '../vault-client/find-devices.js';
import {
  type CameraChoice,
  deviceKind,
  type DeviceKind,
  type DeviceList,
  type ScannerChoice,
} from '../protocol/vault.js';
import { DeviceTracker, type FoundDevice } from './device-tracker.js';
import type { DeviceChanges } from './device-changes.js';
import type { Devices, RequestedDevices } from './devices.js';
import type { Subsystem } from './udev-parser.js';

const kinds = deviceKind.options;

/** Where the kernel shows a device of each kind, on whatever cable it is. */
const places: Readonly<Record<DeviceKind, readonly Subsystem[]>> = {
  scanner: ['usb'],
  camera: ['video4linux', 'media'],
};

/** The scanner and the camera that visits are made with: found, chosen, and missed when they are unplugged. */
export class DeviceManager {
  readonly scanner: DeviceTracker<ScannerChoice>;
  readonly camera: DeviceTracker<CameraChoice>;

  /** @param mayPractise whether practice pictures serve where no device was ever found */
  constructor(
    { document, frames, scanner, camera }: RequestedDevices,
    look = lookThroughVault,
    mayPractise = existsSync(installation.practice),
  ) {
    const practice = mayPractise ? installation.practice : undefined;
    const named = camera === 'auto' ? undefined : camera;
    this.scanner = new DeviceTracker(
      'scanner',
      { name: scanner, override: bench(document), fallback: bench(practice && join(practice, 'card.png')) },
      async () => listed(await look('scanner'), ({ scanners }) => scanners),
    );
    this.camera = new DeviceTracker(
      'camera',
      { name: camera, override: replay(frames), fallback: replay(practice && join(practice, 'camera')) },
      async () => listed(await look('camera', named), ({ cameras }) => cameras),
    );
  }

  /** Notes that what is known may be out of date. */
  invalidate(plugs: DeviceChanges): void {
    for (const kind of kinds)
      if (places[kind].some((place) => plugs.plugged.has(place) || plugs.unplugged.has(place)))
        this[kind].invalidate();
  }

  /** Notes that what is missing may be there by now. */
  invalidateMissing(): void {
    for (const kind of kinds) if (this[kind].state === 'missing') this[kind].invalidate();
  }

  invalidateAll(): void {
    for (const kind of kinds) this[kind].invalidate();
  }

  get isStale(): boolean {
    return kinds.some((kind) => this[kind].isStale);
  }

  /** What serves, as far as something does. */
  get selected(): Partial<Devices> {
    const [scanner, camera] = [this.scanner.selected, this.camera.selected];
    return { ...(scanner ? { scanner } : {}), ...(camera ? { camera } : {}) };
  }

  /** Whether a device that serves is the one behind one of these nodes. */
  isSelectedAt(nodes: ReadonlySet<string>): boolean {
    return kinds.some((kind) => this[kind].isSelectedAt(nodes));
  }

  /** The camera that serves, after looking anew, and its largest picture where that is known. */
  async reselectCamera(): Promise<Result<Pick<FoundDevice<CameraChoice>, 'choice' | 'largest'>, FaultCode>> {
    const choice = await this.camera.reselect();
    return choice.ok ? ok({ choice: choice.value, largest: this.camera.largest }) : choice;
  }

  async refresh(): Promise<void> {
    await Promise.all(kinds.map((kind) => this[kind].refresh()));
  }

  /** Settles what serves from now on, or tells what is missing. */
  select(): Result<Devices, FaultCode> {
    const [scanner, camera] = [this.scanner.select(), this.camera.select()];
    if (!scanner.ok) return scanner;
    return camera.ok ? ok({ scanner: scanner.value, camera: camera.value }) : camera;
  }

  /**
   * Tells of each device that serves and was unplugged. udev's word is taken for those that it knows by a node; for
   * others it is looked whether they are still there, once they are not in use.
   */
  async reportUnplugged(plugs: DeviceChanges, tell: (fault: FaultCode) => void): Promise<void> {
    await Promise.all(
      kinds.map(async (kind) => {
        const device = this[kind];
        const lost = device.isSelectedAt(plugs.removedNodes)
          ? (`${kind}-missing` as const)
          : await this.#whyLost(kind, plugs);
        if (lost) tell(lost);
      }),
    );
  }

  async #whyLost(kind: DeviceKind, { unplugged, eventsLost }: DeviceChanges): Promise<FaultCode | undefined> {
    const device = this[kind];
    const mayBe =
      places[kind].some((place) => unplugged.has(place)) && (eventsLost || !device.udevReportsRemoval);
    return mayBe ? device.checkSelected() : undefined;
  }

  /** The device that serves and is not among those that were found last. */
  async checkSelected(): Promise<FaultCode | undefined> {
    return (await this.scanner.checkSelected()) ?? (await this.camera.checkSelected());
  }

  /** The settings' name of the device that this fault is about, while no such device is there. */
  awaitedFor(fault: FaultCode): string | undefined {
    const kind = kinds.find((each) => fault === `${each}-missing`);
    return kind && this[kind].awaited;
  }
}

function bench(picture: string | undefined): ScannerChoice | undefined {
  return picture === undefined ? undefined : { kind: 'bench', picture };
}

function replay(pictures: string | undefined): CameraChoice | undefined {
  return pictures === undefined ? undefined : { kind: 'replay', pictures };
}

function listed<T>(list: Result<DeviceList, FaultCode>, of: (list: DeviceList) => T): Result<T, FaultCode> {
  return list.ok ? ok(of(list.value)) : list;
}
