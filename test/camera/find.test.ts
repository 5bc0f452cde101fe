import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { findCameras } from '../../appliance/camera/find.js';
import type { CameraSource } from '../../appliance/camera/source.js';
import { cameraSources } from '../../appliance/camera/sources.js';
import { parseDeviceMonitor } from '../../appliance/camera/sources/libcamera.js';
import { parseModules } from '../../appliance/camera/sources/raspberry-pi.js';
import { fullName, isNamed } from '../../appliance/protocol/label.js';
import { deviceList } from '../../appliance/protocol/vault.js';
import { fiveMegapixels } from './descriptors.js';
import { started } from './processes.js';

describe('finding cameras', () => {
  it('is possible for every source, except for the replay of pictures', () => {
    const sources: [string, Partial<CameraSource<never>>][] = Object.entries(cameraSources);
    const unfindable = sources.filter(([, { find, findOthers }]) => !find && !findOthers);
    assert.deepEqual(
      unfindable.map(([name]) => name),
      ['replay'],
    );
  });

  let folder: string;
  let path: string | undefined;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'find-'));
    await Promise.all(
      ['bin', 'video', 'buses/usb', 'buses/platform'].map((name) =>
        mkdir(join(folder, name), { recursive: true }),
      ),
    );
    path = process.env.PATH;
    process.env.PATH = join(folder, 'bin');
  });
  afterEach(async () => {
    process.env.PATH = path ?? '';
    await rm(folder, { recursive: true });
    assert.deepEqual(started(), []);
  });

  const search = (more: Parameters<typeof findCameras>[0] = {}) =>
    findCameras({ videoDevices: join(folder, 'video'), ...more });
  const found = async (more: Parameters<typeof findCameras>[0] = {}) => {
    const cameras = await search(more);
    assert(cameras.ok);
    return cameras.value;
  };

  const videoDevice = async (name: string, label: string, bus: string, index: number): Promise<void> => {
    const device = join(folder, 'video', name);
    await mkdir(join(device, 'device'), { recursive: true });
    await symlink(join(folder, 'buses', bus), join(device, 'device', 'subsystem'));
    await writeFile(join(device, 'name'), `${label}\n`);
    await writeFile(join(device, 'index'), `${index}\n`);
  };
  const program = async (name: string, script: string): Promise<void> => {
    await writeFile(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`);
    await chmod(join(folder, 'bin', name), 0o755);
  };

  it('finds none where there is none', async () => {
    assert.deepEqual(await found(), []);
    assert.deepEqual(await found({ videoDevices: join(folder, 'missing') }), []);
  });

  it("finds USB cameras, not their metadata and not a board's own video devices", async () => {
    await videoDevice('video10', 'HD Webcam', 'usb', 0);
    await videoDevice('video2', 'Counter Camera', 'usb', 0);
    await videoDevice('video3', 'Counter Camera', 'usb', 1);
    await videoDevice('video4', 'bcm2835-isp', 'platform', 0);
    assert.deepEqual(await found(), [
      usbCamera('/dev/video2', 'Counter Camera'),
      usbCamera('/dev/video10', 'HD Webcam'),
    ]);
  });

  it('tells two USB cameras of a kind apart by the port that each is in', async () => {
    for (const [name, port] of [
      ['video0', '1-1.2'],
      ['video2', '1-1.4'],
    ]) {
      await videoDevice(name, 'HD Webcam', 'usb', 0);
      // As in sysfs: an interface of a device, whose name is its path of bus and ports.
      const usbDevice = join(folder, 'devices', port);
      await mkdir(join(usbDevice, `${port}:1.0`), { recursive: true });
      await rename(
        join(folder, 'video', name, 'device', 'subsystem'),
        join(usbDevice, `${port}:1.0`, 'subsystem'),
      );
      await rm(join(folder, 'video', name, 'device'), { recursive: true });
      await symlink(join(usbDevice, `${port}:1.0`), join(folder, 'video', name, 'device'));
    }
    const cameras = await found({ named: 'HD Webcam (1-1.4)' });
    assert.deepEqual(cameras, [
      { ...usbCamera('/dev/video0', 'HD Webcam'), port: '1-1.2' },
      { ...usbCamera('/dev/video2', 'HD Webcam'), port: '1-1.4' },
    ]);
    assert.deepEqual(cameras.map(fullName), ['HD Webcam (1-1.2)', 'HD Webcam (1-1.4)']);
    assert.deepEqual(
      cameras.map((camera) => isNamed(camera, 'HD Webcam (1-1.4)')),
      [false, true],
    );
  });

  it("finds a Jetson's camera modules", async () => {
    await videoDevice('video0', 'vi-output, imx219 9-0010', 'platform', 0);
    await videoDevice('video1', 'vi-output, imx219 10-0010', 'platform', 0);
    assert.deepEqual(await found(), [
      { choice: { kind: 'gstreamer', source: 'nvarguscamerasrc', device: '0' }, label: 'imx219 9-0010' },
      { choice: { kind: 'gstreamer', source: 'nvarguscamerasrc', device: '1' }, label: 'imx219 10-0010' },
    ]);
  });

  const usbCamera = (node: string, label: string) => ({
    choice: { kind: 'gstreamer', source: 'v4l2src', device: node },
    label,
    node,
  });
  const cameraModule = {
    choice: { kind: 'raspberry-pi' },
    label: 'imx708_wide',
    largest: { width: 4608, height: 2592 },
  };
  const module = '0 : imx708_wide [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)';

  it('finds a camera module, by the old name of the program too', async () => {
    const printed = `echo 'Available cameras\n-----------------\n${module}\n    Modes: 1536x864 [120.13 fps]'`;
    await program('libcamera-hello', printed);
    assert.deepEqual(await found(), [cameraModule]);
    await program('rpicam-hello', printed);
    assert.deepEqual(await found(), [cameraModule]);
  });

  it('takes no USB camera for a camera module', () => {
    const usb = '0 : Webcam [1280x720] (/base/scb/pcie@7d500000/pci@0,0/usb@0,0-1.2:1.0-046d:0825)';
    assert.deepEqual(parseModules(usb), []);
    assert.deepEqual(parseModules('No cameras available!'), []);
  });

  it('does not wait for a program that hangs, nor takes its silence for the word that there is no camera', async () => {
    for (const [name, script] of [
      ['gst-device-monitor-1.0', 'exec /bin/sleep 600'],
      ['rpicam-hello', 'while :; do :; done'],
    ] as const) {
      await program(name, script);
      assert.deepEqual(await search({ timeoutMs: 300 }), { ok: false, error: 'camera-stalled' });
    }
    await videoDevice('video0', 'Counter Camera', 'usb', 0);
    assert.deepEqual(await found({ timeoutMs: 300 }), [usbCamera('/dev/video0', 'Counter Camera')]);
  });

  it('says how large a USB camera’s pictures are, as its descriptors have it', async () => {
    await videoDevice('video0', 'Counter Camera', 'usb', 0);
    await writeFile(join(folder, 'video', 'video0', 'descriptors'), fiveMegapixels);
    assert.deepEqual(await found(), [
      { ...usbCamera('/dev/video0', 'Counter Camera'), largest: { width: 2592, height: 1944 } },
    ]);
  });

  const monitor = (...cameras: [id: string, caps: string][]) =>
    cameras
      .map(
        ([id, caps]) =>
          `Device found:\n\n\tname  : x\n\tclass : Video/Source\n\tcaps  : ${caps}\n` +
          `\tgst-launch-1.0 libcamerasrc camera-name="${id.replaceAll('@', '\\\\@')}" ! ...\n`,
      )
      .join('\n');

  it('counts a camera once that two interfaces know, and looks further for one that is named', async () => {
    const [sensor, usb] = ['/base/soc/i2c0mux/i2c@1/imx219@10', 'usb-1-1.2:1.0-046d:0825'];
    const caps = 'video/x-raw, format=NV12, width=640, height=480';
    await program('gst-device-monitor-1.0', `cat <<'END'\n${monitor([usb, caps], [sensor, caps])}END`);
    await videoDevice('video0', 'Counter Camera', 'usb', 0);
    process.env.PATH = `${join(folder, 'bin')}:/bin`;
    assert.deepEqual(await found(), [usbCamera('/dev/video0', 'Counter Camera')]);
    assert.deepEqual(await found({ named: 'Counter Camera' }), [usbCamera('/dev/video0', 'Counter Camera')]);
    assert.deepEqual(
      (await found({ named: 'imx219@10' })).map(({ label }) => label),
      ['Counter Camera', 'imx219@10'],
    );
    await program('rpicam-hello', `echo '${module}'`);
    assert.deepEqual(
      (await found({ named: 'another' })).map(({ label }) => label),
      ['imx708_wide', 'Counter Camera'],
    );
  });

  it('reads the largest of a camera’s sizes out of its caps', () => {
    const size = (caps: string) => parseDeviceMonitor(monitor(['/base/soc/imx219@10', caps])).at(0)?.largest;
    const fixed = 'video/x-raw, format=NV12, width=1640, height=1232';
    assert.deepEqual(size(fixed), { width: 1640, height: 1232 });
    assert.deepEqual(size(`${fixed}\n\t        video/x-raw, width=[ 64, 3280, 2 ], height=[ 64, 2464, 2 ]`), {
      width: 3280,
      height: 2464,
    });
    assert.deepEqual(size('video/x-raw, width=(int)800, height=(int)600'), { width: 800, height: 600 });
    for (const nothing of ['', 'video/x-raw', 'video/x-raw, width=0, height=0', 'width=9999999, height=1'])
      assert.equal(size(nothing), undefined, nothing);
  });

  it('finds what libcamera knows on other boards', async () => {
    const launch = String.raw`gst-launch-1.0 libcamerasrc camera-name="/base/soc/i2c0mux/i2c\@1/imx219\@10" ! ...`;
    await program(
      'gst-device-monitor-1.0',
      `cat <<'END'\nDevice found:\n\n\tname  : imx219\n\t${launch}\nEND`,
    );
    process.env.PATH = `${join(folder, 'bin')}:/bin`;
    assert.deepEqual(await found(), [
      {
        choice: { kind: 'gstreamer', source: 'libcamerasrc', device: '/base/soc/i2c0mux/i2c@1/imx219@10' },
        label: 'imx219@10',
      },
    ]);
  });

  it('says only what the protocol has room for, whatever a program prints', () => {
    const line = fc.tuple(
      fc.constantFrom('gst-launch-1.0 libcamerasrc camera-name=', '0 : ', ''),
      fc.string(),
      fc.constantFrom(' ! ...', ' [1x1] (/base/x)', ''),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), (lines) => {
        const printed = lines.map((parts) => parts.join('')).join('\n');
        const cameras = [...parseModules(printed), ...parseDeviceMonitor(printed)];
        assert.ok(deviceList.safeParse({ scanners: [], cameras }).success);
      }),
    );
  });
});
