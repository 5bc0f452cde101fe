import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { findCameras, libcameras, raspberryPiModules } from '../../appliance/camera/find.js';
import { deviceList } from '../../appliance/vault/protocol.js';
import { started } from './processes.js';

describe('finding cameras', () => {
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
    assert.deepEqual(await findCameras(join(folder, 'video')), []);
    assert.deepEqual(await findCameras(join(folder, 'missing')), []);
  });

  it("finds USB cameras, not their metadata and not a board's own video devices", async () => {
    await videoDevice('video10', 'HD Webcam', 'usb', 0);
    await videoDevice('video2', 'Counter Camera', 'usb', 0);
    await videoDevice('video3', 'Counter Camera', 'usb', 1);
    await videoDevice('video4', 'bcm2835-isp', 'platform', 0);
    assert.deepEqual(await findCameras(join(folder, 'video')), [
      { choice: { kind: 'gstreamer', source: 'v4l2src', device: '/dev/video2' }, label: 'Counter Camera' },
      { choice: { kind: 'gstreamer', source: 'v4l2src', device: '/dev/video10' }, label: 'HD Webcam' },
    ]);
  });

  it("finds a Jetson's camera modules", async () => {
    await videoDevice('video0', 'vi-output, imx219 9-0010', 'platform', 0);
    await videoDevice('video1', 'vi-output, imx219 10-0010', 'platform', 0);
    assert.deepEqual(await findCameras(join(folder, 'video')), [
      { choice: { kind: 'gstreamer', source: 'nvarguscamerasrc', device: '0' }, label: 'imx219 9-0010' },
      { choice: { kind: 'gstreamer', source: 'nvarguscamerasrc', device: '1' }, label: 'imx219 10-0010' },
    ]);
  });

  const module = '0 : imx708_wide [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)';

  it('finds a camera module, by the old name of the program too', async () => {
    const printed = `echo 'Available cameras\n-----------------\n${module}\n    Modes: 1536x864 [120.13 fps]'`;
    const found = [{ choice: { kind: 'raspberry-pi' }, label: 'imx708_wide' }];
    await program('libcamera-hello', printed);
    assert.deepEqual(await findCameras(join(folder, 'video')), found);
    await program('rpicam-hello', printed);
    assert.deepEqual(await findCameras(join(folder, 'video')), found);
  });

  it('takes no USB camera for a camera module', () => {
    const usb = '0 : Webcam [1280x720] (/base/scb/pcie@7d500000/pci@0,0/usb@0,0-1.2:1.0-046d:0825)';
    assert.deepEqual(raspberryPiModules(usb), []);
    assert.deepEqual(raspberryPiModules('No cameras available!'), []);
  });

  it('does not wait for a program that hangs', async () => {
    await program('rpicam-hello', 'exec /bin/sleep 600');
    assert.deepEqual(await findCameras(join(folder, 'video')), []);
  });

  it('finds what libcamera knows on other boards', async () => {
    const launch = String.raw`gst-launch-1.0 libcamerasrc camera-name="/base/soc/i2c0mux/i2c\@1/imx219\@10" ! ...`;
    await program(
      'gst-device-monitor-1.0',
      `cat <<'END'\nDevice found:\n\n\tname  : imx219\n\t${launch}\nEND`,
    );
    process.env.PATH = `${join(folder, 'bin')}:/bin`;
    assert.deepEqual(await findCameras(join(folder, 'video')), [
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
        const cameras = [...raspberryPiModules(printed), ...libcameras(printed)];
        assert.ok(deviceList.safeParse({ scanners: [], cameras }).success);
      }),
    );
  });
});
