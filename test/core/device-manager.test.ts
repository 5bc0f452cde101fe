import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';

import fc from 'fast-check';

import { DeviceTracker, type FoundDevice } from '../../appliance/core/device-tracker.js';
import type { DeviceChanges } from '../../appliance/core/device-changes.js';
import { DeviceManager } from '../../appliance/core/device-manager.js';
import type { FaultCode } from '../../appliance/findings.js';
import { err, ok, type Result } from '../../appliance/result.js';
import type { DeviceList, ScannerChoice } from '../../appliance/protocol/vault.js';

type Scanner = FoundDevice<ScannerChoice>;

const scanner = (label: string, place = label): Scanner => ({ choice: { kind: 'sane', name: place }, label });
const bench: ScannerChoice = { kind: 'bench', picture: 'card.png' };

/** A tracker of scanners that the test plugs in. */
function tracker(named = 'auto', more: { given?: ScannerChoice; bench?: ScannerChoice } = {}) {
  let attached: Result<readonly Scanner[], FaultCode> = ok([]);
  const device = new DeviceTracker<ScannerChoice>(
    'scanner',
    { name: named, override: more.given, fallback: more.bench },
    () => Promise.resolve(attached),
  );
  return {
    device,
    /** The selected scanner, or the fault, once these are plugged in. */
    async with(...scanners: readonly Scanner[]) {
      return this.finding(ok(scanners));
    },
    async finding(found: Result<readonly Scanner[], FaultCode>) {
      attached = found;
      device.invalidate();
      await device.refresh();
      const selected = device.select();
      return selected.ok ? selected.value : selected.error;
    },
  };
}

const [one, other] = [
  scanner('fi-60F', 'epjitsu:libusb:001:004'),
  scanner('LiDE 210', 'genesys:libusb:001:007'),
];

describe('the selected scanner', () => {
  it('is the first one found, and later the last one used', async () => {
    const scanners = tracker();
    assert.equal(await scanners.with(other, one), other.choice);
    assert.equal(await scanners.with(one, other), other.choice);
    assert.equal(await scanners.with(one), one.choice);
    assert.equal(await scanners.with(other, one), one.choice);
    assert.equal(await scanners.with(), 'scanner-missing');
    assert.equal(await scanners.with(other, one), one.choice);
  });

  it('stays the same after it is plugged into another port', async () => {
    const scanners = tracker();
    await scanners.with(one);
    const moved = scanner(one.label, 'epjitsu:libusb:002:009');
    assert.equal(await scanners.with(other, moved), moved.choice);
  });

  it('is the one that the settings name, by label or SANE name, or none', async () => {
    for (const named of ['fi-60F', 'epjitsu:libusb:001:004']) {
      const scanners = tracker(named, { bench });
      assert.equal(await scanners.with(other), 'scanner-missing');
      assert.equal(scanners.device.awaited, named);
      assert.equal(await scanners.with(other, one), one.choice);
      assert.equal(scanners.device.awaited, undefined);
      assert.equal(await scanners.with(other), 'scanner-missing');
    }
  });

  it('is one of two of a kind where the settings name its USB port too, wherever it is found', async () => {
    const [left, right] = ['1-1.2', '1-1.4'].map((port, index) => ({
      ...scanner('HD Webcam', `node ${index}`),
      port,
    }));
    const cameras = tracker('HD Webcam (1-1.4)');
    assert.equal(await cameras.with(left, right), right.choice);
    assert.equal(await cameras.with(left), 'scanner-missing');
    assert.equal(cameras.device.awaited, 'HD Webcam (1-1.4)');
    const replugged = { ...scanner('HD Webcam', 'node 7'), port: '1-1.4' };
    assert.equal(await cameras.with(left, replugged), replugged.choice);
    assert.equal(await tracker('HD Webcam').with(left, right), left.choice);
  });

  it('is the practice picture only until a scanner was found, and if no driver failed', async () => {
    const scanners = tracker('auto', { bench });
    assert.equal(await scanners.finding(err('scanner-stalled')), 'scanner-stalled');
    assert.equal(await scanners.with(), bench);
    assert.equal(await scanners.with(one), one.choice);
    assert.equal(await scanners.with(), 'scanner-missing');
  });

  it('is the picture of the command line, whatever is plugged in, without a search', async () => {
    const scanners = tracker('auto', { given: bench });
    assert.equal(scanners.device.isStale, false);
    assert.equal(await scanners.with(one), bench);
    assert.equal(await scanners.device.checkSelected(), undefined);
  });
});

describe('finding a scanner', () => {
  it('never overlaps with using it, in any order of calls, and the selected scanner is there or reported missing', async () => {
    type Act = 'plug' | 'unplug' | 'doubt' | 'use' | 'turn' | 'settle' | 'lost';
    const acts = fc.array(
      fc.constantFrom<Act>('plug', 'unplug', 'doubt', 'use', 'turn', 'turn', 'settle', 'lost'),
      { maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(acts, async (course) => {
        let plugged: readonly Scanner[] = [];
        let plugs = 0;
        let [looking, using] = [0, 0];
        const alone = () => assert(looking + using <= 1, `${looking} looking, ${using} using`);
        const device = new DeviceTracker<ScannerChoice>(
          'scanner',
          { name: 'auto', override: undefined, fallback: undefined },
          async () => {
            looking += 1;
            alone();
            const seen = plugged;
            await turn();
            looking -= 1;
            return ok(seen);
          },
        );
        const underWay: Promise<unknown>[] = [];
        let inUse = false;
        for (const act of course) {
          if (act === 'plug') plugged = [...plugged, scanner('fi-60F', `libusb:001:${(plugs += 1)}`)];
          if (act === 'unplug') plugged = plugged.slice(1);
          if (act === 'doubt' || act === 'plug' || act === 'unplug') device.invalidate();
          if (act === 'turn') await turn();
          if (act === 'lost') underWay.push(device.checkSelected());
          if (act === 'settle') underWay.push(device.refresh().then(() => device.select()));
          if (act === 'use' && !inUse) {
            inUse = true;
            const use = device.use(async () => {
              using += 1;
              alone();
              await turn();
              using -= 1;
            });
            underWay.push(use.then(() => (inUse = false)));
          }
        }
        await Promise.all(underWay);
        await device.refresh();
        const isThere = plugged.some(({ choice }) => choice === device.selected);
        assert.equal(
          await device.checkSelected(),
          device.selected && !isThere ? 'scanner-missing' : undefined,
        );
        const selected = device.select();
        assert.equal(selected.ok, plugged.length > 0);
        if (selected.ok) assert(plugged.some(({ choice }) => choice === selected.value));
      }),
    );
  });
});

describe('a device that is unplugged during a visit', () => {
  const none: DeviceChanges = {
    plugged: new Set(),
    unplugged: new Set(),
    removedNodes: new Set(),
    eventsLost: false,
  };
  const usbScanner = { ...one, node: '/dev/bus/usb/001/004' };
  const usbCamera: DeviceList['cameras'][number] = {
    choice: { kind: 'gstreamer', source: 'v4l2src', device: '/dev/video0' },
    label: 'Counter Camera',
    node: '/dev/video0',
  };
  const camera: DeviceList['cameras'][number] = { choice: { kind: 'raspberry-pi' }, label: 'imx708' };

  /** The reported faults, and the kinds that were probed, when these changes happen during a visit. */
  async function reported(
    partialChanges: Partial<DeviceChanges>,
    before: { scanner: Scanner; camera: DeviceList['cameras'][number] },
    after: Partial<typeof before> = before,
  ) {
    let attached: Partial<typeof before> = before;
    const probed: string[] = [];
    const devices = new DeviceManager({ scanner: 'auto', camera: 'auto' }, (kind) => {
      probed.push(kind);
      return Promise.resolve(
        ok({
          scanners: attached.scanner ? [attached.scanner as DeviceList['scanners'][number]] : [],
          cameras: attached.camera ? [attached.camera] : [],
        }),
      );
    });
    await devices.refresh();
    assert(devices.select().ok);
    attached = after;
    probed.length = 0;
    const faults: FaultCode[] = [];
    const changes = { ...none, ...partialChanges };
    devices.invalidate(changes);
    await devices.reportUnplugged(changes, (fault) => faults.push(fault));
    return { faults, probed };
  }

  it('is recognised by its node at once, without a probe', async () => {
    const devices = { scanner: usbScanner, camera: usbCamera };
    const usb = { unplugged: new Set(['usb'] as const) };
    assert.deepEqual(await reported({ ...usb, removedNodes: new Set(['/dev/bus/usb/001/004']) }, devices), {
      faults: ['scanner-missing'],
      probed: [],
    });
    const video = { unplugged: new Set(['video4linux'] as const), removedNodes: new Set(['/dev/video0']) };
    assert.deepEqual(await reported(video, devices), { faults: ['camera-missing'], probed: [] });
  });

  it('is not probed when another one is unplugged or plugged in', async () => {
    const devices = { scanner: usbScanner, camera: usbCamera };
    const stick = { unplugged: new Set(['usb'] as const), removedNodes: new Set(['/dev/bus/usb/001/009']) };
    assert.deepEqual(await reported(stick, devices), { faults: [], probed: [] });
    assert.deepEqual(
      await reported({ plugged: new Set(['usb', 'video4linux'] as const) }, { scanner: one, camera }),
      {
        faults: [],
        probed: [],
      },
    );
  });

  it('is probed if it has no node', async () => {
    const devices = { scanner: one, camera };
    const usb = { unplugged: new Set(['usb'] as const) };
    assert.deepEqual(await reported(usb, devices), { faults: [], probed: ['scanner'] });
    assert.deepEqual(await reported(usb, devices, { camera }), {
      faults: ['scanner-missing'],
      probed: ['scanner'],
    });
    const media = { unplugged: new Set(['media'] as const) };
    assert.deepEqual(await reported(media, devices, { scanner: one }), {
      faults: ['camera-missing'],
      probed: ['camera'],
    });
  });

  it('is probed in any case if events were lost, and recognised by its address', async () => {
    const everywhere = new Set(['usb', 'video4linux', 'media', 'block'] as const);
    const anything = { plugged: everywhere, unplugged: everywhere, eventsLost: true };
    const devices = { scanner: usbScanner, camera: usbCamera };
    assert.deepEqual((await reported(anything, devices)).faults, []);
    const again = scanner(usbScanner.label, 'epjitsu:libusb:001:005');
    assert.deepEqual((await reported(anything, devices, { ...devices, scanner: again })).faults, [
      'scanner-missing',
    ]);
    assert.deepEqual((await reported(anything, devices, {})).faults.sort(), [
      'camera-missing',
      'scanner-missing',
    ]);
  });
});
