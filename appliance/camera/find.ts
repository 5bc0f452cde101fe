import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { cameraChoice, type CameraChoice, type DeviceList } from '../vault/protocol.js';

export type FoundCamera = DeviceList['cameras'][number];

/** How long a program may take to list its cameras, in milliseconds. */
const patience = 2000;

/** Which cameras are attached, the most suitable first. No camera is started, and nothing is said. */
export async function findCameras(videoDevices = '/sys/class/video4linux'): Promise<FoundCamera[]> {
  const [modules, devices] = await Promise.all([findRaspberryPiModule(), findVideoDevices(videoDevices)]);
  const found = [...modules, ...devices];
  // Elsewhere GStreamer's own list is asked last: it opens every camera to look at it.
  return found.length > 0 ? found : findLibcameras();
}

async function findRaspberryPiModule(): Promise<FoundCamera[]> {
  const list =
    (await output('rpicam-hello', '--list-cameras')) ?? (await output('libcamera-hello', '--list-cameras'));
  return raspberryPiModules(list ?? '');
}

async function findLibcameras(): Promise<FoundCamera[]> {
  return libcameras((await output('gst-device-monitor-1.0', 'Video/Source')) ?? '');
}

/**
 * The first camera module in what `rpicam-hello --list-cameras` prints, such as
 * `0 : imx708 [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)`. It is the one that
 * `rpicam-vid` takes if not told otherwise; a USB camera in the list is none.
 */
export function raspberryPiModules(list: string): FoundCamera[] {
  const module = /^\s*\d+ : (\S+) \[.*?\] \((\/base\/.*)\)$/m.exec(list);
  return module && !module[2].includes('usb') ? accept({ kind: 'raspberry-pi' }, module[1]) : [];
}

/**
 * The cameras that libcamera knows in what `gst-device-monitor-1.0` prints for each, such as
 * `gst-launch-1.0 libcamerasrc camera-name="/base/soc/i2c0mux/i2c\@1/imx219\@10" ! ...`.
 */
export function libcameras(list: string): FoundCamera[] {
  return [...list.matchAll(/^\s*gst-launch-1\.0 libcamerasrc camera-name=(\S+) ! /gm)].flatMap(
    ([, quoted]) => {
      const device = quoted.replace(/^"|"$|\\(?=.)/g, '');
      return accept({ kind: 'gstreamer', source: 'libcamerasrc', device }, basename(device));
    },
  );
}

/** USB cameras and a Jetson's camera modules among the kernel's video devices, without opening one. */
async function findVideoDevices(folder: string): Promise<FoundCamera[]> {
  const names = await readdir(folder).catch(() => []);
  names.sort(new Intl.Collator('en', { numeric: true }).compare);
  const devices = await Promise.all(names.map((name) => readVideoDevice(folder, name)));
  const usb = devices.filter((device) => device.bus === 'usb' && device.index === '0');
  const jetson = devices.filter((device) => device.label.startsWith(jetsonSensor));
  return [
    ...usb.flatMap(({ name, label }) =>
      accept({ kind: 'gstreamer', source: 'v4l2src', device: `/dev/${name}` }, label),
    ),
    ...jetson.flatMap(({ label }, sensor) =>
      accept(
        { kind: 'gstreamer', source: 'nvarguscamerasrc', device: String(sensor) },
        label.slice(jetsonSensor.length),
      ),
    ),
  ];
}

/** How NVIDIA's driver names a sensor behind its image processor: `vi-output, imx219 9-0010`. */
const jetsonSensor = 'vi-output, ';

type VideoDevice = { name: string; label: string; bus: string; index: string };

async function readVideoDevice(folder: string, name: string): Promise<VideoDevice> {
  const read = async (file: string): Promise<string> =>
    readFile(join(folder, name, file), 'utf8')
      .then((text) => text.trim())
      .catch(() => '');
  const bus = realpath(join(folder, name, 'device', 'subsystem'))
    .then((path) => basename(path))
    .catch(() => '');
  // A USB camera's pictures are its device 0; what follows are its metadata.
  return { name, label: await read('name'), bus: await bus, index: await read('index') };
}

function accept(choice: CameraChoice, label: string): FoundCamera[] {
  const parsed = cameraChoice.safeParse(choice);
  return parsed.success ? [{ choice: parsed.data, label: label.slice(0, 200) }] : [];
}

/** What a program prints; undefined when it is not installed, fails or takes too long. */
function output(program: string, argument: string): Promise<string | undefined> {
  const options = { timeout: patience, killSignal: 'SIGKILL', env: { ...process.env, LC_ALL: 'C' } } as const;
  return new Promise((resolve) => {
    execFile(program, [argument], options, (error, stdout) => {
      resolve(error ? undefined : stdout);
    });
  });
}
