import { closeSync, writeSync } from 'node:fs';

import koffi from 'koffi';
import sharp from 'sharp';

import { err, ok, type Result } from '../result.js';
import { largestPage } from './frame.js';
import { highestResolution, lowestResolution } from './choose.js';

/** A picture in the computer's memory that can be opened like a file, and is gone when it is closed. */
export type BenchPicture = {
  readonly path: string;
  /** Dots per inch that the picture states, if it is one that a document may be scanned at. */
  readonly resolution: number | undefined;
  close(): void;
};

export type BenchFault = 'unreadable-image' | 'image-too-large';

/**
 * Decodes a picture (whatever sharp reads; its first page, upright, over white, 8 bits) to PNM and lays it
 * into an anonymous file in memory (memfd_create(2)). No file system ever sees it.
 */
export async function layPicture(picture: string): Promise<Result<BenchPicture, BenchFault>> {
  const decoded = await decode(picture);
  if (!decoded.ok) return decoded;
  const { data, width, height, channels, resolution } = decoded.value;
  const descriptor = memoryFile();
  // Width and height stand on one line: the pseudo-scanner reads them so.
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
    const { width, height, space, density } = await sharp(picture).metadata();
    if (width * height * 3 > largestPage) return err('image-too-large' as const);
    const grey = space === 'b-w' || space === 'grey16';
    const { data, info } = await sharp(picture)
      .autoOrient()
      .flatten({ background: 'white' })
      .toColourspace(grey ? 'b-w' : 'srgb')
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    const stated = density !== undefined && density >= lowestResolution && density <= highestResolution;
    return ok({ data, ...info, resolution: stated ? density : undefined });
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
