import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { FaultCode } from '../findings.js';
import { installation } from '../installation.js';
import { ok, type Result } from '../result.js';
import { findDevices } from '../vault-client/find-devices.js';
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

/** The kernel's subsystems for each kind of device, on any bus. */
const subsystems: Readonly<Record<DeviceKind, readonly Subsystem[]>> = {
  scanner: ['usb'],
  camera: ['video4linux', 'media'],
};

/** Finds and selects the scanner and the camera, and notices when they are unplugged. */
export class DeviceManager {
  readonly scanner: DeviceTracker<ScannerChoice>;
  readonly camera: DeviceTracker<CameraChoice>;

  /** @param hasPractice whether practice pictures are installed, to be used until a device was found */
  constructor(
    { document, frames, scanner, camera }: RequestedDevices,
    find = findDevices,
    hasPractice = existsSync(installation.practice),
  ) {
    const practice = hasPractice ? installation.practice : undefined;
    const named = camera === 'auto' ? undefined : camera;
    this.scanner = new DeviceTracker(
      'scanner',
      { name: scanner, override: bench(document), fallback: bench(practice && join(practice, 'card.png')) },
      async () => listed(await find('scanner'), ({ scanners }) => scanners),
    );
    this.camera = new DeviceTracker(
      'camera',
      { name: camera, override: replay(frames), fallback: replay(practice && join(practice, 'camera')) },
      async () => listed(await find('camera', named), ({ cameras }) => cameras),
    );
  }

  /** Marks the kinds of devices that the changes may concern as out of date. */
  invalidate(changes: DeviceChanges): void {
    for (const kind of kinds)
      if (subsystems[kind].some((each) => changes.plugged.has(each) || changes.unplugged.has(each)))
        this[kind].invalidate();
  }

  /** Marks missing devices as out of date: they may be there now. */
  invalidateMissing(): void {
    for (const kind of kinds) if (this[kind].state === 'missing') this[kind].invalidate();
  }

  invalidateAll(): void {
    for (const kind of kinds) this[kind].invalidate();
  }

  get isStale(): boolean {
    return kinds.some((kind) => this[kind].isStale);
  }

  get selected(): Partial<Devices> {
    const [scanner, camera] = [this.scanner.selected, this.camera.selected];
    return { ...(scanner ? { scanner } : {}), ...(camera ? { camera } : {}) };
  }

  /** Whether a selected device has one of these nodes. */
  isSelectedAt(nodes: ReadonlySet<string>): boolean {
    return kinds.some((kind) => this[kind].isSelectedAt(nodes));
  }

  /** Finds the cameras again, and selects one; with its largest picture, in pixels, if known. */
  async reselectCamera(): Promise<Result<Pick<FoundDevice<CameraChoice>, 'choice' | 'largest'>, FaultCode>> {
    const choice = await this.camera.reselect();
    return choice.ok ? ok({ choice: choice.value, largest: this.camera.largest }) : choice;
  }

  async refresh(): Promise<void> {
    await Promise.all(kinds.map((kind) => this[kind].refresh()));
  }

  select(): Result<Devices, FaultCode> {
    const [scanner, camera] = [this.scanner.select(), this.camera.select()];
    if (!scanner.ok) return scanner;
    return camera.ok ? ok({ scanner: scanner.value, camera: camera.value }) : camera;
  }

  /** Reports each selected device that was unplugged. Trust udev for devices with a node; probe the others when idle. */
  async reportUnplugged(changes: DeviceChanges, report: (fault: FaultCode) => void): Promise<void> {
    await Promise.all(
      kinds.map(async (kind) => {
        const device = this[kind];
        const lost = device.isSelectedAt(changes.removedNodes)
          ? (`${kind}-missing` as const)
          : await this.#probe(kind, changes);
        if (lost) report(lost);
      }),
    );
  }

  async #probe(kind: DeviceKind, { unplugged, eventsLost }: DeviceChanges): Promise<FaultCode | undefined> {
    const device = this[kind];
    const mayBe =
      subsystems[kind].some((each) => unplugged.has(each)) && (eventsLost || !device.udevReportsRemoval);
    return mayBe ? device.checkSelected() : undefined;
  }

  /** Probes the selected devices, and returns the fault of one that is gone. */
  async checkSelected(): Promise<FaultCode | undefined> {
    return (await this.scanner.checkSelected()) ?? (await this.camera.checkSelected());
  }

  /** The name in the settings of the missing device that this fault is about. */
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
