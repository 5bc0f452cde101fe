import { wholeJpeg } from '../face/jpeg/whole.js';
import { err, ok, type Result } from '../result.js';

/** In bytes. A longer picture has lost its end. A 12-megapixel JPEG has about 6 MB. */
export const longestPicture = 16 * 1024 * 1024;

/** A truncated or endless JPEG, or bytes that are no JPEG. */
export type BrokenPicture = 'broken-picture';

// Marker codes, the byte after 0xff: ITU-T T.81, table B.1.
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;
const standsAlone = (code: number): boolean => code === 0x01 || isRestart(code);

/**
 * Splits a stream of consecutive JPEG pictures.
 *
 * It walks the markers (ITU-T T.81, annex B) instead of searching for an end marker, because a thumbnail
 * inside an EXIF segment has an end marker too. After a broken picture it resumes at the next start marker: a
 * USB camera truncates a frame now and then, often its first. Zero bytes between pictures are skipped, since
 * some cameras pad their frames.
 *
 * Some cameras write no end marker. So the next picture's start marker ends one too, if every block's data is there; it is
 * given its end marker.
 */
export class JpegStream {
  #buffer = Buffer.allocUnsafeSlow(64 * 1024);
  #filled = 0;
  #at = 0;
  #state: 'gap' | 'noise' | 'segments' | 'scan' = 'gap';

  /** Whether the last picture is incomplete. */
  get unfinished(): boolean {
    return this.#state === 'segments' || this.#state === 'scan';
  }

  /** Takes the next bytes, split anywhere, and yields copies of the pictures that they complete. */
  *take(chunk: Uint8Array): Generator<Result<Uint8Array, BrokenPicture>> {
    this.#append(chunk);
    for (let found = this.#step(); found !== 'more'; found = this.#step()) {
      if (found !== 'onward') yield found;
    }
    if (this.#filled > longestPicture) {
      this.#drop(this.#filled);
      this.#state = 'noise';
      yield err('broken-picture');
    }
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#filled + chunk.length;
    if (needed > this.#buffer.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#buffer.length));
      this.#buffer.copy(larger, 0, 0, this.#filled);
      this.#buffer = larger;
    }
    this.#buffer.set(chunk, this.#filled);
    this.#filled = needed;
  }

  #drop(bytes: number): void {
    this.#buffer.copyWithin(0, bytes, this.#filled);
    this.#filled -= bytes;
    this.#at = 0;
  }

  #step(): Result<Uint8Array, BrokenPicture> | 'onward' | 'more' {
    switch (this.#state) {
      case 'gap':
        return this.#crossGap();
      case 'noise':
        return this.#crossNoise();
      case 'segments':
        return this.#crossSegment();
      case 'scan':
        return this.#crossScan();
    }
  }

  #crossGap(): Result<Uint8Array, BrokenPicture> | 'onward' | 'more' {
    const bytes = this.#buffer.subarray(0, this.#filled);
    const start = bytes.findIndex((byte) => byte !== 0);
    if (start < 0) {
      this.#drop(this.#filled);
      return 'more';
    }
    this.#drop(start);
    if (this.#filled < 2) return 'more';
    if (this.#buffer[0] !== 0xff || this.#buffer[1] !== startOfImage) return this.#broken(0);
    this.#state = 'segments';
    this.#at = 2;
    return 'onward';
  }

  #crossNoise(): 'onward' | 'more' {
    const start = this.#buffer.subarray(0, this.#filled).indexOf(Buffer.of(0xff, startOfImage, 0xff));
    // Keep two bytes: a start marker may be split between chunks.
    this.#drop(start < 0 ? Math.max(0, this.#filled - 2) : start);
    if (start < 0) return 'more';
    this.#state = 'segments';
    this.#at = 2;
    return 'onward';
  }

  #crossSegment(): Result<Uint8Array, BrokenPicture> | 'onward' | 'more' {
    if (this.#filled < this.#at + 2) return 'more';
    if (this.#buffer[this.#at] !== 0xff) return this.#broken(this.#at);
    const code = this.#buffer[this.#at + 1];
    if (code === 0xff) {
      this.#at += 1;
      return 'onward';
    }
    if (code === endOfImage) return this.#whole(this.#at + 2);
    if (code === startOfImage) return this.#unclosed(this.#at);
    if (code === 0) return this.#broken(this.#at);
    if (standsAlone(code)) {
      this.#at += 2;
      return 'onward';
    }
    if (this.#filled < this.#at + 4) return 'more';
    const length = this.#buffer.readUInt16BE(this.#at + 2);
    if (length < 2) return this.#broken(this.#at);
    this.#at += 2 + length;
    if (code === startOfScan) this.#state = 'scan';
    return 'onward';
  }

  #crossScan(): 'onward' | 'more' {
    const marker = this.#buffer.subarray(0, this.#filled).indexOf(0xff, this.#at);
    this.#at = Math.max(this.#at, marker < 0 ? this.#filled : marker);
    if (this.#filled < this.#at + 2) return 'more';
    const code = this.#buffer[this.#at + 1];
    if (code === 0 || isRestart(code)) this.#at += 2;
    else this.#state = 'segments';
    return 'onward';
  }

  #whole(end: number): Result<Uint8Array, BrokenPicture> {
    const picture = new Uint8Array(this.#buffer.subarray(0, end));
    this.#drop(end);
    this.#state = 'gap';
    return ok(picture);
  }

  /** A picture without an end marker, which ends where the next one starts. */
  #unclosed(end: number): Result<Uint8Array, BrokenPicture> {
    const picture = wholeJpeg(this.#buffer.subarray(0, end));
    if (!picture.ok) return this.#broken(end);
    this.#drop(end);
    this.#state = 'gap';
    return picture;
  }

  #broken(at: number): Result<Uint8Array, BrokenPicture> {
    this.#drop(at);
    this.#state = 'noise';
    return err('broken-picture');
  }
}
