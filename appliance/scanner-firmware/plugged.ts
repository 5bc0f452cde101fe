import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The USB devices that are plugged in, as `vendor:product` (Linux, Documentation/ABI/stable/sysfs-bus-usb). */
export async function pluggedIn(folder: string): Promise<ReadonlySet<string>> {
  const names = await readdir(folder).catch(() => []);
  const read = (name: string, file: string) =>
    readFile(join(folder, name, file), 'utf8')
      .then((text) => text.trim())
      .catch(() => '');
  const ids = names.map(async (name) => `${await read(name, 'idVendor')}:${await read(name, 'idProduct')}`);
  return new Set(await Promise.all(ids));
}
