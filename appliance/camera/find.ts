import { execFile } from 'node:child_process';
import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import type { CameraFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import { labelOf } from '../protocol/label.js';
import { type CameraChoice, deviceList, type DeviceList, mostDevices } from '../protocol/vault.js';
import { area, largestOf, type Size } from './uvc.js';

export type FoundCamera = DeviceList['cameras'][number];

/** How long a program may take to list its cameras, in milliseconds; the slowest of them loads all of GStreamer. */
const patience = 15_000;

/** Where to look, and how long; tests look elsewhere. */
type Search = {
  /** The camera that the settings name. */
  readonly named?: string | undefined;
  readonly videoDevices?: string;
  readonly patience?: number;
};

/**
 * Which cameras are attached, the most suitable first, each once. No camera is started, and nothing is said.
 * `camera-stalled`: none was found, and a program that was asked for them did not come back.
 */
export async function findCameras(search: Search = {}): Promise<Result<FoundCamera[], CameraFault>> {
  const { named, videoDevices = '/sys/class/video4linux', patience: within = patience } = search;
  const [modules, devices] = await Promise.all([findModules(within), findVideoDevices(videoDevices)]);
  const found = [...(modules.ok ? modules.value : []), ...devices];
  // Elsewhere GStreamer's own list is asked last, and only if need be: it opens every camera to look at it.
  const enough = found.length > 0 && (named === undefined || found.some(({ label }) => label === named));
  const others = enough ? ok([]) : await findLibcameras(within);
  const all = [...found, ...(others.ok ? others.value : []).filter((camera) => !isSeen(camera, found))];
  const stalled = !modules.ok || !others.ok;
  return all.length === 0 && stalled ? err('camera-stalled') : ok(all.slice(0, mostDevices));
}

/** libcamera lists camera modules and USB cameras too, which are here already by the way that suits them best. */
function isSeen({ choice }: FoundCamera, found: readonly FoundCamera[]): boolean {
  const id = 'device' in choice ? (choice.device ?? '') : '';
  const isModule = id.startsWith('/base/');
  // libcamera's uvcvideo pipeline ends a camera's id with the vendor and the product.
  const isUsb = /-[0-9a-f]{4}:[0-9a-f]{4}$/.test(id);
  return found.some(({ choice: { kind }, node }) => (kind === 'raspberry-pi' ? isModule : node && isUsb));
}

async function findModules(within: number): Promise<Result<FoundCamera[], 'stalled'>> {
  const list = await output('rpicam-hello', '--list-cameras', within);
  const again = list.ok && list.value === undefined;
  const printed = again ? await output('libcamera-hello', '--list-cameras', within) : list;
  return printed.ok ? ok(raspberryPiModules(printed.value ?? '')) : printed;
}

async function findLibcameras(within: number): Promise<Result<FoundCamera[], 'stalled'>> {
  const printed = await output('gst-device-monitor-1.0', 'Video/Source', within);
  return printed.ok ? ok(libcameras(printed.value ?? '')) : printed;
}

/**
 * The first camera module in what `rpicam-hello --list-cameras` prints, such as
 * `0 : imx708 [4608x2592 10-bit RGGB] (/base/axi/pcie@120000/rp1/i2c@88000/imx708@1a)`, with the size of its sensor.
 * It is the one that `rpicam-vid` takes if not told otherwise; a USB camera in the list is none.
 */
export function raspberryPiModules(list: string): FoundCamera[] {
  const module = /^\s*\d+ : (\S+) \[(?:(\d+)x(\d+))?.*?\] \((\/base\/.*)\)$/m.exec(list);
  if (!module || module[4].includes('usb')) return [];
  const [, label, width, height] = module;
  return accept(
    { choice: { kind: 'raspberry-pi' }, label },
    { width: Number(width), height: Number(height) },
  );
}

/**
 * The cameras that libcamera knows in what `gst-device-monitor-1.0` (Debian: gstreamer1.0-plugins-base-apps, with
 * gstreamer1.0-libcamera) prints for each: its caps, and
 * `gst-launch-1.0 libcamerasrc camera-name="/base/soc/i2c0mux/i2c\@1/imx219\@10" ! ...`.
 */
export function libcameras(list: string): FoundCamera[] {
  return list.split(/^Device found:$/m).flatMap((about) => {
    const launch = /^\s*gst-launch-1\.0 libcamerasrc camera-name=(\S+) ! /m.exec(about);
    if (!launch) return [];
    const device = launch[1].replace(/^"|"$|\\(?=.)/g, '');
    const choice: CameraChoice = { kind: 'gstreamer', source: 'libcamerasrc', device };
    return accept({ choice, label: basename(device) }, largestIn(about));
  });
}

/** The largest size in GStreamer's caps, of which each side is a number or the range `[ 64, 3280, 2 ]`. */
function largestIn(caps: string): Size | undefined {
  const side = String.raw`(?:\(int\))?(?:\[ *\d+, *)?(\d+)`;
  return [...caps.matchAll(new RegExp(`width=${side}.*?height=${side}`, 'g'))]
    .map(([, width, height]) => ({ width: Number(width), height: Number(height) }))
    .toSorted((one, other) => area(other) - area(one))
    .at(0);
}

/** USB cameras and a Jetson's camera modules among the kernel's video devices, without opening one. */
async function findVideoDevices(folder: string): Promise<FoundCamera[]> {
  const names = await readdir(folder).catch(() => []);
  names.sort(new Intl.Collator('en', { numeric: true }).compare);
  const devices = await Promise.all(names.map((name) => readVideoDevice(folder, name)));
  const usb = devices.filter((device) => device.bus === 'usb' && device.index === '0');
  const jetson = devices.filter((device) => device.label.startsWith(jetsonSensor));
  return [
    ...usb.flatMap(({ node, label, largest }) =>
      accept({ choice: { kind: 'gstreamer', source: 'v4l2src', device: node }, label, node }, largest),
    ),
    ...jetson.flatMap(({ label }, sensor) =>
      accept({
        choice: { kind: 'gstreamer', source: 'nvarguscamerasrc', device: String(sensor) },
        label: label.slice(jetsonSensor.length),
      }),
    ),
  ];
}

/** How NVIDIA's driver names a sensor behind its image processor: `vi-output, imx219 9-0010`. */
const jetsonSensor = 'vi-output, ';

type VideoDevice = { node: string; label: string; bus: string; index: string; largest: Size | undefined };

async function readVideoDevice(folder: string, name: string): Promise<VideoDevice> {
  const read = async (file: string): Promise<string> =>
    readFile(join(folder, name, file), 'utf8')
      .then((text) => text.trim())
      .catch(() => '');
  const bus = realpath(join(folder, name, 'device', 'subsystem'))
    .then((path) => basename(path))
    .catch(() => '');
  // A video device is one of a USB device's interfaces.
  const largest = realpath(join(folder, name, 'device'))
    .then((path) => readFile(join(dirname(path), 'descriptors')))
    .then(largestOf)
    .catch(() => undefined);
  return {
    node: `/dev/${name}`,
    label: await read('name'),
    bus: await bus,
    // A USB camera's pictures are its device 0; what follows are its metadata.
    index: await read('index'),
    largest: await largest,
  };
}

/** What fits through the vault's door; a size that does not is left out. */
function accept(camera: FoundCamera, largest?: Size): FoundCamera[] {
  const told = { ...camera, label: labelOf(camera.label) };
  const parsed = [largest ? { ...told, largest } : told, told]
    .map((each) => deviceList.shape.cameras.safeParse([each]))
    .find(({ success }) => success);
  return parsed?.data ?? [];
}

/** What a program prints; undefined when it is not installed or fails, `stalled` when it does not come back. */
function output(
  program: string,
  argument: string,
  within: number,
): Promise<Result<string | undefined, 'stalled'>> {
  const options = { timeout: within, killSignal: 'SIGKILL', env: { ...process.env, LC_ALL: 'C' } } as const;
  return new Promise((resolve) => {
    execFile(program, [argument], options, (error, stdout) => {
      resolve(error?.killed ? err('stalled') : ok(error ? undefined : stdout));
    });
  });
}
