import { closeSync, writeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

import koffi from 'koffi';
import sharp from 'sharp';

import { wholePicture } from '../face/whole-picture.js';
import { err, ok, type Result } from '../result.js';
import { highestResolution, lowestResolution } from './choose.js';
import { largestPage } from './scanner.js';

/** A PNM file in memory that can be opened by its path until it is closed. */
export type PnmFile = {
  readonly path: string;
  /** The picture's own resolution in dots per inch, if documents may be scanned at it. */
  readonly resolution: number | undefined;
  close(): void;
};

export type PictureFault = 'unreadable-image' | 'image-too-large';

/**
 * Decodes a picture in any format that sharp reads (its first page, upright, on white, 8 bits) to PNM, and writes it
 * to an anonymous file in memory (memfd_create(2)), never to a file system.
 */
export async function createPnmFile(picture: string): Promise<Result<PnmFile, PictureFault>> {
  const decoded = await decode(picture);
  if (!decoded.ok) return decoded;
  const { data, width, height, channels, resolution } = decoded.value;
  const descriptor = memoryFile();
  // The pseudo-scanner wants width and height on one line.
  writeAll(descriptor, Buffer.from(`${channels === 1 ? 'P5' : 'P6'}\n${width} ${height}\n255\n`));
  writeAll(descriptor, data);
  data.fill(0);
  return ok({
    path: `/proc/self/fd/${descriptor}`,
    resolution,
    close: () => {
      closeSync(descriptor);
    },
  });
}

async function decode(picture: string) {
  try {
    const whole = wholePicture(await readFile(picture));
    if (!whole) return err('unreadable-image' as const);
    const { width, height, space, density } = await sharp(whole.encoded, { failOn: 'error' }).metadata();
    if (width * height * 3 > largestPage) return err('image-too-large' as const);
    const grey = space === 'b-w' || space === 'grey16';
    const { data, info } = await sharp(whole.encoded, { failOn: whole.failOn })
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace(grey ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const isScannable = density !== undefined && density >= lowestResolution && density <= highestResolution;
    return ok({ data, ...info, resolution: isScannable ? density : undefined });
  } catch {
    return err('unreadable-image' as const);
  }
}

let memfdCreate: ((name: string, flags: number) => number) | undefined;

function memoryFile(): number {
  memfdCreate ??= koffi.load('libc.so.6').func('int memfd_create(const char *name, unsigned int flags)');
  const closeOnExec = 1;
  const descriptor = memfdCreate('page', closeOnExec);
  if (descriptor < 0) throw new Error(`memfd_create failed: errno ${koffi.errno()}`);
  return descriptor;
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.byteLength;) {
    written += writeSync(descriptor, bytes, written);
  }
}
