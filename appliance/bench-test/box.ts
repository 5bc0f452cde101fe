import { readFile } from 'node:fs/promises';
import { arch, cpus, hostname, release, totalmem } from 'node:os';

/** Which box was tried, as far as it tells. */
export type Box = {
  readonly model: string | null;
  readonly serial: string | null;
  /** As it calls itself on a network. */
  readonly name: string;
  readonly processor: string;
  readonly architecture: string;
  readonly memoryMegabytes: number;
  readonly system: string | null;
  readonly kernel: string;
  readonly node: string;
};

export async function describeBox(): Promise<Box> {
  const system = /^PRETTY_NAME="?([^"\n]*)"?$/m.exec((await first('/etc/os-release')) ?? '')?.[1];
  return {
    model: (await first('/proc/device-tree/model', '/sys/class/dmi/id/product_name')) ?? null,
    serial: (await first('/proc/device-tree/serial-number', '/sys/class/dmi/id/product_serial')) ?? null,
    name: hostname(),
    processor: cpus().at(0)?.model ?? 'unknown',
    architecture: arch(),
    memoryMegabytes: Math.round(totalmem() / 1e6),
    system: system ?? null,
    kernel: release(),
    node: process.version,
  };
}

/** What the first of these files says that can be read; the device tree ends its texts with a zero byte. */
async function first(...files: readonly string[]): Promise<string | undefined> {
  for (const file of files) {
    const said = await readFile(file, 'utf8').catch(() => '');
    const text = said.replaceAll('\0', '').trim();
    if (text !== '') return text;
  }
  return undefined;
}
