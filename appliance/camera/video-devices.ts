import { readdir, readFile, realpath } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { largestOf, type Size } from './uvc.js';

/** A V4L2 device as sysfs describes it. */
export type VideoDevice = {
  readonly node: string;
  readonly label: string;
  /** The bus it is attached to, such as `usb`. */
  readonly bus: string;
  /** Its number among its driver's devices: a USB camera's pictures come from 0, its metadata from 1. */
  readonly index: string;
  /** The USB port that it is in, by the kernel's path of bus and ports, `1-1.2`. */
  readonly port: string | undefined;
  /** A USB camera's largest picture. */
  readonly largest: Size | undefined;
};

/** The name of a USB device in sysfs (Linux, Documentation/ABI/stable/sysfs-bus-usb). */
const usbPort = /^\d+-\d+(\.\d+)*$/;

/** The kernel's video devices in the order of their numbers, without opening one. */
export async function readVideoDevices(folder: string): Promise<readonly VideoDevice[]> {
  const names = await readdir(folder).catch(() => []);
  names.sort(new Intl.Collator('en', { numeric: true }).compare);
  return Promise.all(names.map((name) => readVideoDevice(folder, name)));
}

async function readVideoDevice(folder: string, name: string): Promise<VideoDevice> {
  const read = async (file: string): Promise<string> =>
    readFile(join(folder, name, file), 'utf8')
      .then((text) => text.trim())
      .catch(() => '');
  const bus = realpath(join(folder, name, 'device', 'subsystem'))
    .then((path) => basename(path))
    .catch(() => '');
  // A video device is one interface of a USB device; port and descriptors belong to the device above it.
  const device = realpath(join(folder, name, 'device')).then(dirname);
  const port = device.then((path) => usbPort.exec(basename(path))?.[0]).catch(() => undefined);
  const largest = device
    .then((path) => readFile(join(path, 'descriptors')))
    .then(largestOf)
    .catch(() => undefined);
  return {
    node: `/dev/${name}`,
    label: await read('name'),
    bus: await bus,
    index: await read('index'),
    port: await port,
    largest: await largest,
  };
}
