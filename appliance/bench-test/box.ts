import { readFile } from 'node:fs/promises';
import { arch, cpus, hostname, release, totalmem } from 'node:os';

import type { BoxNumbers } from '../protocol/vendor.js';

/** What identifies the box that was tested. */
export type Box = {
  readonly model: string | null;
  readonly serial: string | null;
  /** What a vendor's token names, of the box and of its image; null on a machine without a card's image. */
  readonly number: string | null;
  readonly image: string | null;
  /** Its host name. */
  readonly name: string;
  readonly processor: string;
  readonly architecture: string;
  readonly memoryMegabytes: number;
  readonly system: string | null;
  readonly kernel: string;
  readonly node: string;
};

export async function describeBox(numbers: BoxNumbers): Promise<Box> {
  const system = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec((await first('/etc/os-release')) ?? '')?.[1];
  return {
    model: (await first('/proc/device-tree/model', '/sys/class/dmi/id/product_name')) ?? null,
    serial: (await first('/proc/device-tree/serial-number', '/sys/class/dmi/id/product_serial')) ?? null,
    number: numbers.box ?? null,
    image: numbers.image ?? null,
    name: hostname(),
    processor: cpus().at(0)?.model ?? 'unknown',
    architecture: arch(),
    memoryMegabytes: Math.round(totalmem() / 1e6),
    system: system ?? null,
    kernel: release(),
    node: process.version,
  };
}

/** The text of the first readable file. Texts of the device tree end with a NUL byte. */
async function first(...files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const content = await readFile(file, 'utf8').catch(() => '');
    const text = content.replaceAll('\0', '').trim();
    if (text !== '') return text;
  }
  return undefined;
}
