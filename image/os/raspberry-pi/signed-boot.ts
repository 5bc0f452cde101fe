import { createPrivateKey, type KeyObject, sign } from 'node:crypto';
import type { Dirent } from 'node:fs';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { output } from '../../package/run-program.js';
import { sha256 } from '../sha256.js';

/** In MiB: the most that the bootloader takes ("boot_ramdisk" in Raspberry Pi's documentation of config.txt). */
const sizeLimit = 96;
/** In MiB: room for the FAT's own tables. */
const spare = 4;
/** In MiB: enough for the 65,525 clusters that FAT32 has at least, of 512 bytes each. */
const sizeLeast = 36;

/**
 * Reads the key that signs boot images.
 *
 * @throws unless it is RSA with 2048 bits, the only kind that the bootloader checks (usbboot, docs/secure-boot.md)
 */
export async function readBootKey(file: string): Promise<KeyObject> {
  const key = createPrivateKey(await readFile(file));
  if (key.asymmetricKeyType === 'rsa' && key.asymmetricKeyDetails?.modulusLength === 2048) return key;
  throw new Error(
    `${file}: Raspberry Pi の起動の署名には、RSA 2048ビットの鍵が要ります。openssl genrsa 2048 で作ってください / ` +
      'a Raspberry Pi checks RSA keys of 2048 bits alone: make one with openssl genrsa 2048',
  );
}

/**
 * Adds `boot.img` and `boot.sig` to a card's boot files. A Raspberry Pi in whose one-time memory the key's hash was burnt
 * starts from these two alone; any other one ignores them. Never tried on a board.
 *
 * @param time in seconds since 1970: the same files, key and time give the same bytes
 * @throws if the files do not fit into what the bootloader loads
 */
export async function addSignedBoot(folder: string, key: KeyObject, time: number): Promise<void> {
  const image = join(folder, 'boot.img');
  await writeBootImage(folder, image, time);
  await writeFile(join(folder, 'boot.sig'), await signatureOf(image, key, time));
}

/** Packs a folder's files as a FAT file system without a partition table. */
async function writeBootImage(folder: string, image: string, time: number): Promise<void> {
  const size = Math.max(sizeLeast, Math.ceil((await bytesIn(folder)) / 2 ** 20) + spare);
  if (size > sizeLimit)
    throw new Error(
      `boot.img は ${size} MiB になり、Raspberry Pi が読める ${sizeLimit} MiB を超えます / ` +
        `boot.img would have ${size} MiB; a Raspberry Pi loads ${sizeLimit} MiB at most`,
    );
  const inFolder = { cwd: folder, env: { SOURCE_DATE_EPOCH: String(time), TZ: 'UTC' } };
  const made = ['-C', '-F', '32', '-s', '1', '--invariant', '-i', '7e7a511e', image, String(size * 1024)];
  await output('mkdosfs', made, inFolder);
  // In the order of their names, because that of readdir varies between computers.
  for (const [inside, files] of await filesByFolder(folder)) {
    if (inside !== '') await output('mmd', ['-i', image, `::${inside}`], inFolder);
    const named = files.map((file) => join(inside, file));
    if (named.length > 0) await output('mcopy', ['-i', image, ...named, `::${inside}`], inFolder);
  }
}

/** The names of the files in a folder and in each folder within it, each folder after the one that it is in. */
async function filesByFolder(folder: string): Promise<ReadonlyMap<string, readonly string[]>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const pathOf = (entry: Dirent) => relative(folder, join(entry.parentPath, entry.name));
  const folders = ['', ...entries.filter((entry) => entry.isDirectory()).map(pathOf)].sort();
  const filesIn = (inside: string) =>
    entries
      .filter((entry) => entry.isFile() && relative(folder, entry.parentPath) === inside)
      .map(({ name }) => name)
      .filter((name) => name !== 'boot.img')
      .sort();
  return new Map(folders.map((inside) => [inside, filesIn(inside)]));
}

/** What `rpi-eeprom-digest` of rpi-eeprom writes: SHA-256, time, and RSASSA-PKCS1-v1_5 with SHA-256, each in a line. */
async function signatureOf(image: string, key: KeyObject, time: number): Promise<string> {
  const signature = sign('sha256', await readFile(image), key).toString('hex');
  return `${await sha256(image)}\nts: ${time}\nrsa2048: ${signature}\n`;
}

/** The bytes that a folder's files take on FAT with clusters of 512 bytes, each folder included. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(entries.map(async (entry) => (await stat(join(folder, entry))).size));
  return sizes.reduce((sum, size) => sum + Math.ceil(size / 512) * 512 + 512, 0);
}
