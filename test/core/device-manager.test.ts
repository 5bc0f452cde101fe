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

/** Scanners that are found by whoever looks, as the test has it. */
function attached(named = 'auto', more: { given?: ScannerChoice; bench?: ScannerChoice } = {}) {
  let there: Result<readonly Scanner[], FaultCode> = ok([]);
  const device = new DeviceTracker<ScannerChoice>(
    'scanner',
    { name: named, override: more.given, fallback: more.bench },
    () => Promise.resolve(there),
  );
  return {
    device,
    /** What serves once these are there and it was looked. */
    async with(...scanners: readonly Scanner[]) {
      return this.finding(ok(scanners));
    },
    async finding(found: Result<readonly Scanner[], FaultCode>) {
      there = found;
      device.invalidate();
      await device.refresh();
      const served = device.select();
      return served.ok ? served.value : served.error;
    },
  };
}

const [one, other] = [
  scanner('fi-60F', 'epjitsu:libusb:001:004'),
  scanner('LiDE 210', 'genesys:libusb:001:007'),
];

describe('which scanner serves', () => {
  it('is the first that was found, and then the one that served last', async () => {
    const scanners = attached();
    assert.equal(await scanners.with(other, one), other.choice);
    assert.equal(await scanners.with(one, other), other.choice);
    assert.equal(await scanners.with(one), one.choice);
    assert.equal(await scanners.with(other, one), one.choice);
    assert.equal(await scanners.with(), 'scanner-missing');
    assert.equal(await scanners.with(other, one), one.choice);
  });

  it('is the same again after it was plugged into another socket', async () => {
    const scanners = attached();
    await scanners.with(one);
    const moved = scanner(one.label, 'epjitsu:libusb:002:009');
    assert.equal(await scanners.with(other, moved), moved.choice);
  });

  it('is the one that the settings name, by either name, or none', async () => {
    for (const named of ['fi-60F', 'epjitsu:libusb:001:004']) {
      const scanners = attached(named, { bench });
      assert.equal(await scanners.with(other), 'scanner-missing');
      assert.equal(scanners.device.awaited, named);
      assert.equal(await scanners.with(other, one), one.choice);
      assert.equal(scanners.device.awaited, undefined);
      assert.equal(await scanners.with(other), 'scanner-missing');
    }
  });

  it('is the practice picture only while no scanner was ever there and no driver failed', async () => {
    const scanners = attached('auto', { bench });
    assert.equal(await scanners.finding(err('scanner-stalled')), 'scanner-stalled');
    assert.equal(await scanners.with(), bench);
    assert.equal(await scanners.with(one), one.choice);
    assert.equal(await scanners.with(), 'scanner-missing');
  });

  it('is the picture that was given, whatever is there, and then nobody looks', async () => {
    const scanners = attached('auto', { given: bench });
    assert.equal(scanners.device.isStale, false);
    assert.equal(await scanners.with(one), bench);
    assert.equal(await scanners.device.checkSelected(), undefined);
  });
});

describe('looking for a scanner', () => {
  it('and using it never happen at once, whatever is asked for when; and what serves is there, or missed', async () => {
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
        const served = device.select();
        assert.equal(served.ok, plugged.length > 0);
        if (served.ok) assert(plugged.some(({ choice }) => choice === served.value));
      }),
    );
  });
});

describe('a device that is unplugged in the middle of a visit', () => {
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

  /** What is told of a visit with these devices when that was heard, and for what it was looked. */
  async function missed(
    plugs: Partial<DeviceChanges>,
    before: { scanner: Scanner; camera: DeviceList['cameras'][number] },
    after: Partial<typeof before> = before,
  ) {
    let there: Partial<typeof before> = before;
    const looks: string[] = [];
    const supply = new DeviceManager({ scanner: 'auto', camera: 'auto' }, (kind) => {
      looks.push(kind);
      return Promise.resolve(
        ok({
          scanners: there.scanner ? [there.scanner as DeviceList['scanners'][number]] : [],
          cameras: there.camera ? [there.camera] : [],
        }),
      );
    });
    await supply.refresh();
    assert(supply.select().ok);
    there = after;
    looks.length = 0;
    const told: FaultCode[] = [];
    const heard = { ...none, ...plugs };
    supply.invalidate(heard);
    await supply.reportUnplugged(heard, (fault) => told.push(fault));
    return { told, looks };
  }

  it('is missed by its node at once, without looking', async () => {
    const devices = { scanner: usbScanner, camera: usbCamera };
    const usb = { unplugged: new Set(['usb'] as const) };
    assert.deepEqual(await missed({ ...usb, removedNodes: new Set(['/dev/bus/usb/001/004']) }, devices), {
      told: ['scanner-missing'],
      looks: [],
    });
    const video = { unplugged: new Set(['video4linux'] as const), removedNodes: new Set(['/dev/video0']) };
    assert.deepEqual(await missed(video, devices), { told: ['camera-missing'], looks: [] });
  });

  it('is not missed, nor looked for, when another one goes or comes', async () => {
    const devices = { scanner: usbScanner, camera: usbCamera };
    const stick = { unplugged: new Set(['usb'] as const), removedNodes: new Set(['/dev/bus/usb/001/009']) };
    assert.deepEqual(await missed(stick, devices), { told: [], looks: [] });
    assert.deepEqual(
      await missed({ plugged: new Set(['usb', 'video4linux'] as const) }, { scanner: one, camera }),
      {
        told: [],
        looks: [],
      },
    );
  });

  it('is looked for where udev knows it by no node', async () => {
    const devices = { scanner: one, camera };
    const usb = { unplugged: new Set(['usb'] as const) };
    assert.deepEqual(await missed(usb, devices), { told: [], looks: ['scanner'] });
    assert.deepEqual(await missed(usb, devices, { camera }), {
      told: ['scanner-missing'],
      looks: ['scanner'],
    });
    const media = { unplugged: new Set(['media'] as const) };
    assert.deepEqual(await missed(media, devices, { scanner: one }), {
      told: ['camera-missing'],
      looks: ['camera'],
    });
  });

  it('is looked for whatever it is when events were missed, and known by the place where it is', async () => {
    const everywhere = new Set(['usb', 'video4linux', 'media', 'block'] as const);
    const anything = { plugged: everywhere, unplugged: everywhere, eventsLost: true };
    const devices = { scanner: usbScanner, camera: usbCamera };
    assert.deepEqual((await missed(anything, devices)).told, []);
    const again = scanner(usbScanner.label, 'epjitsu:libusb:001:005');
    assert.deepEqual((await missed(anything, devices, { ...devices, scanner: again })).told, [
      'scanner-missing',
    ]);
    assert.deepEqual((await missed(anything, devices, {})).told.sort(), [
      'camera-missing',
      'scanner-missing',
    ]);
  });
});
