import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The size at which a theme's image is meant to be shown. Programs take the nearest; there is no other. */
const nominalSize = 24;

/** A cursor of one transparent pixel, as a file of Xcursor(3): 32-bit words, little-endian. */
export function transparentCursor(): Buffer {
  const magic = Buffer.from('Xcur');
  const [headerSize, fileVersion, entries] = [16, 0x1_0000, 1];
  const [imageType, imageAt] = [0xfffd_0002, 28];
  const [imageHeaderSize, imageVersion] = [36, 1];
  const [width, height, hotX, hotY, delay, pixel] = [1, 1, 0, 0, 0, 0];
  const words = [
    ...[headerSize, fileVersion, entries],
    ...[imageType, nominalSize, imageAt],
    ...[imageHeaderSize, imageType, nominalSize, imageVersion],
    ...[width, height, hotX, hotY, delay, pixel],
  ];
  const body = Buffer.alloc(words.length * 4);
  words.forEach((word, i) => body.writeUInt32LE(word, i * 4));
  return Buffer.concat([magic, body]);
}

/** The names under which cage and foot look for the pointer, the second of each pair in older versions. */
const names = ['default', 'left_ptr', 'text', 'xterm'];

/**
 * Writes a pointer theme without a picture: cage has no option to hide its pointer, which it shows wherever a device
 * could move one, and on a Raspberry Pi each HDMI socket is such a device.
 */
export async function writeInvisiblePointer(icons: string): Promise<void> {
  const cursors = join(icons, 'default', 'cursors');
  await mkdir(cursors, { recursive: true });
  const [first, ...others] = names;
  await writeFile(join(cursors, first), transparentCursor());
  for (const name of others) await symlink(first, join(cursors, name));
}
