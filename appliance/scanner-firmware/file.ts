import { open } from 'node:fs/promises';

/**
 * In bytes: the driver skips a head of 256 and sends exactly 65,536 (SANE 1.2.1, backend/epjitsu.c, `load_fw`).
 * Its makers' files "should be ~65K" (epjitsu.conf): one of twice that is something else.
 */
export const headLength = 0x100;
export const shortest = headLength + 0x1_0000;
const longest = 2 * shortest;

/** First bytes of what the file may be taken for: it comes in cabinets and installers, and by download. */
const otherFormats = ['MSCF', 'ISc(', 'MZ', 'PK\x03\x04', '<!DOCTYPE', '<html'];

export type FirmwareState = 'whole' | 'damaged' | 'absent';

/**
 * Judges a scanner's firmware file by what every such file has: its length, a body that is not all one byte, and a head of
 * no other format. Which scanner it is for it does not say.
 */
export async function firmwareState(path: string): Promise<FirmwareState> {
  try {
    const bytes = await readUpTo(path, longest + 1);
    return looksWhole(bytes) ? 'whole' : 'damaged';
  } catch (error) {
    return isAbsent(error) ? 'absent' : 'damaged';
  }
}

/** A path that is too long, or that leads through a file, names no file either. */
function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function looksWhole(bytes: Buffer): boolean {
  if (bytes.length < shortest || bytes.length > longest) return false;
  const body = bytes.subarray(headLength, shortest);
  const head = bytes.toString('latin1', 0, headLength);
  return body.some((byte) => byte !== body[0]) && !otherFormats.some((format) => head.startsWith(format));
}

async function readUpTo(path: string, most: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    if (!(await file.stat()).isFile()) return Buffer.alloc(0);
    const buffer = Buffer.alloc(most);
    let length = 0;
    for (;;) {
      const { bytesRead } = await file.read(buffer, length, most - length);
      length += bytesRead;
      if (bytesRead === 0 || length === most) return buffer.subarray(0, length);
    }
  } finally {
    await file.close();
  }
}
