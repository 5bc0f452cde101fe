import { isDeepStrictEqual } from 'node:util';

import type { FromCore } from '../counter/event.js';
import type { FaultCode } from '../findings.js';
import { err, type Result } from '../result.js';
import type { DeviceChanges } from './device-changes.js';
import type { CameraLight } from './camera-light.js';
import type { DeviceManager } from './device-manager.js';
import { type Devices, isPractice } from './devices.js';
import type { Health } from './health.js';
import type { Models } from './models.js';
import type { RecordFile } from './record-file.js';
import { RetryBackoff } from './retry-backoff.js';
import type { DeviceUser } from './device-user.js';

/** What a visit needs, and where readiness reports. */
export type ReadinessParts = {
  readonly records: RecordFile;
  readonly devices: DeviceManager;
  readonly models: Models;
  readonly health: Health;
  readonly cameraLight: CameraLight;
  /** Whether udev reports what is plugged in and unplugged just now. */
  readonly udevLive: () => boolean;
  readonly deviceUser: () => DeviceUser;
  readonly send: (event: FromCore) => void;
  readonly stopping: AbortSignal;
};

/** The counter's machine receives the first two as events, each time that they are reached. */
type ReadinessState =
  | Extract<FromCore, { readonly type: 'available' | 'unavailable' }>
  | { readonly type: 'checking' }
  /** Before the first check, and while a visit, a self-test or an erasure has the devices. */
  | { readonly type: 'suspended' };

/** Checks whether the next visit can begin, and repeats that with a backoff until it can. */
export class Readiness {
  readonly #parts: ReadinessParts;
  readonly #backoff = new RetryBackoff();
  #state: ReadinessState = { type: 'suspended' };
  /** Aborted once the current visit is erased. */
  #visit = new AbortController();

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** Checks now. A check that waits for its next attempt goes on at once. */
  check(): void {
    this.#backoff.reset();
    if (this.#state.type !== 'checking' && this.#state.type !== 'unavailable')
      void this.#checkUntilAvailable();
  }

  /** Checks once the machine has left the state whose effect calls this. */
  checkSoon(): void {
    setImmediate(() => this.check());
  }

  visitErased(): void {
    this.#visit.abort();
    this.#visit = new AbortController();
    this.#parts.models.forgetFailure();
    this.checkSoon();
  }

  devicesChanged(changes: DeviceChanges): void {
    const { devices, health, deviceUser } = this.#parts;
    devices.invalidate(changes);
    if (devices.isSelectedAt(changes.removedNodes)) health.forgetDevices();
    const user = deviceUser();
    if (user === 'visit') void this.#reportUnplugged(changes);
    else if (user === 'nobody') this.check();
  }

  async #checkUntilAvailable(): Promise<void> {
    const { devices, models, deviceUser, stopping } = this.#parts;
    while (!stopping.aborted && deviceUser() !== 'self-test-or-erasure') {
      this.#state = { type: 'checking' };
      await devices.refresh();
      if (deviceUser() === 'visit') await this.#reportMissing();
      // The visit may be over by now: then nobody else checks for the next one.
      if (deviceUser() !== 'nobody') break;
      const usable = await this.#usableDevices();
      if (!usable.ok) {
        this.#enter({ type: 'unavailable', fault: usable.error });
        if (!models.fault) void models.load();
        await this.#waitToRetry(usable.error);
        if (models.fault) await models.load();
      } else if (!devices.isStale && !models.fault) {
        this.#enter({ type: 'available', practice: isPractice(usable.value) });
        void models.load();
        return;
      }
    }
    this.#state = { type: 'suspended' };
  }

  #enter(state: Extract<ReadinessState, FromCore>): void {
    this.#state = state;
    this.#parts.send(state);
  }

  /** The devices for the next visit, or the first fault that prevents it. */
  async #usableDevices(): Promise<Result<Devices, FaultCode>> {
    const { records, health, cameraLight, models } = this.#parts;
    const devices = this.#selectDevices();
    const opened = await records.open();
    if (!opened.ok) return opened;
    const fault = await health.findFault();
    if (fault) return err(fault);
    if (!cameraLight.isUsable) return err('light-failed');
    if (!devices.ok) return devices;
    const modelFault = await models.prove();
    return modelFault ? err(modelFault) : devices;
  }

  #selectDevices(): Result<Devices, FaultCode> {
    const { devices, health } = this.#parts;
    const before = devices.selected;
    const selected = devices.select();
    if (!isDeepStrictEqual(devices.selected, before)) health.forgetDevices();
    return selected;
  }

  /** Without udev, a device that failed may as well be gone: all are probed again. */
  async #waitToRetry(fault: FaultCode): Promise<void> {
    const { devices, udevLive } = this.#parts;
    const ofDevice = /^(scanner|camera)-/.test(fault);
    await this.#backoff.wait(ofDevice && udevLive());
    if (ofDevice && !udevLive()) devices.invalidateAll();
    else devices.invalidateMissing();
  }

  /** Ends the current visit if one of its devices was unplugged, even if that is back soon. */
  async #reportUnplugged(changes: DeviceChanges): Promise<void> {
    const { signal } = this.#visit;
    await this.#parts.devices.reportUnplugged(changes, (fault) => {
      if (!signal.aborted) this.#parts.send({ type: 'device-lost', fault });
    });
  }

  /** A visit began during the check. It keeps its devices unless one is missing. */
  async #reportMissing(): Promise<void> {
    const fault = await this.#parts.devices.checkSelected();
    if (fault) this.#parts.send({ type: 'device-lost', fault });
  }
}
