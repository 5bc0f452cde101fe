import { setImmediate as turn } from 'node:timers/promises';

import type { DeviceChanges } from '../../appliance/core/device-changes.js';
import { DeviceManager } from '../../appliance/core/device-manager.js';
import { Readiness, type ReadinessParts } from '../../appliance/core/readiness.js';
import type { DeviceUser } from '../../appliance/core/device-user.js';
import type { FromCore } from '../../appliance/counter/event.js';
import type { DeviceKind, DeviceList } from '../../appliance/protocol/vault.js';
import { ok } from '../../appliance/result.js';
import { until } from '../../hardware-tests/counter/until.js';

const camera: DeviceList['cameras'][number] = { choice: { kind: 'raspberry-pi' }, label: 'imx708' };
const scanner: DeviceList['scanners'][number] = {
  choice: { kind: 'sane', name: 'epjitsu:libusb:001:004' },
  label: 'fi-65F',
};

const scannerNode = '/dev/bus/usb/001/004';

type Subsystem = 'usb' | 'video4linux';
const none: DeviceChanges = {
  plugged: new Set(),
  unplugged: new Set(),
  removedNodes: new Set(),
  eventsLost: false,
};
const plugged = (subsystem: Subsystem): DeviceChanges => ({ ...none, plugged: new Set([subsystem]) });
const unplugged = (subsystem: Subsystem, node: string): DeviceChanges => ({
  ...none,
  unplugged: new Set([subsystem]),
  removedNodes: new Set([node]),
});

/** Readiness with a camera and a scanner. While `held`, a find of that kind waits to be released. */
function counter() {
  const attached = { scanners: [scanner], cameras: [camera] };
  const held = new Set<DeviceKind>();
  const waiting: (() => void)[] = [];
  const devices = new DeviceManager(
    { scanner: 'auto', camera: 'auto' },
    async (kind) => {
      const found = { scanners: [...attached.scanners], cameras: [...attached.cameras] };
      if (held.has(kind)) await new Promise<void>((resolve) => waiting.push(resolve));
      return ok(found);
    },
    false,
  );
  const state = { user: 'nobody' as DeviceUser };
  const events: FromCore[] = [];
  const readiness = new Readiness({
    devices,
    records: { open: () => Promise.resolve(ok()) },
    models: {
      fault: undefined,
      load: () => Promise.resolve(),
      prove: () => Promise.resolve(undefined),
      forgetFailure: () => undefined,
    },
    health: { findFault: () => Promise.resolve(undefined), forgetDevices: () => undefined },
    cameraLight: { isUsable: true },
    udevLive: () => true,
    deviceUser: () => state.user,
    send: (event: FromCore) => events.push(event),
    stopping: new AbortController().signal,
  } as unknown as ReadinessParts);
  return {
    attached,
    held,
    devices,
    state,
    events,
    readiness,
    /** Waits until a find waits, then releases it. */
    release: async () => {
      (await until('a find that waits', () => waiting.shift()))();
    },
    last: async (type: FromCore['type']) => {
      await until(`the event ${type}`, () => events.at(-1)?.type === type, { seen: () => events });
    },
  };
}

/** Lets everything proceed that does not wait for a find. */
async function settled(): Promise<void> {
  for (let turns = 0; turns < 20; turns += 1) await turn();
}

describe('a device that is unplugged while a visit ends', () => {
  it('is missing afterwards, although udev was quicker than its driver', async () => {
    const { attached, devices, held, last, readiness, release, state } = counter();
    readiness.check();
    await last('available');
    state.user = 'visit';
    held.add('camera');
    let fail!: () => void;
    const photograph = devices.camera.use(() => new Promise<void>((resolve) => (fail = resolve)));
    await turn();
    attached.cameras = [];
    readiness.devicesChanged(unplugged('video4linux', '/dev/video0'));
    await turn();
    devices.camera.invalidate();
    fail();
    await photograph;
    state.user = 'nobody';
    readiness.visitErased();
    await release();
    await last('unavailable');
  });

  it('is missing afterwards, although the clerk ended the visit while it was probed', async () => {
    const { attached, held, last, readiness, release, state } = counter();
    readiness.check();
    await last('available');
    state.user = 'visit';
    held.add('scanner');
    attached.scanners = [];
    readiness.devicesChanged(unplugged('usb', scannerNode));
    await turn();
    state.user = 'nobody';
    readiness.visitErased();
    await settled();
    await release();
    await last('unavailable');
  });

  it('is missing afterwards, although a check that began before the visit was still probing', async () => {
    const { attached, held, last, readiness, release, state } = counter();
    attached.scanners = [{ ...scanner, node: scannerNode }];
    readiness.check();
    await last('available');
    held.add('scanner');
    readiness.devicesChanged(plugged('usb'));
    await settled();
    state.user = 'visit';
    held.add('camera');
    readiness.devicesChanged(plugged('video4linux'));
    await release();
    await settled();
    held.clear();
    attached.scanners = [];
    readiness.devicesChanged(unplugged('usb', scannerNode));
    await last('device-lost');
    state.user = 'nobody';
    readiness.visitErased();
    await settled();
    await release();
    await last('unavailable');
  });
});
