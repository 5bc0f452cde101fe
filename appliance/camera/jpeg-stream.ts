import { err, ok, type Result } from '../result.js';

/** A picture longer than this is taken for a stream that has lost its end. A 12-megapixel JPEG has about 6 MB. */
export const longestPicture = 16 * 1024 * 1024;

/** A JPEG that was cut short, that never ends, or bytes that are no JPEG at all. */
export type BrokenPicture = 'broken-picture';

// Marker codes, the byte after 0xff: ITU-T T.81, table B.1.
const startOfImage = 0xd8;
const endOfImage = 0xd9;
const startOfScan = 0xda;
const isRestart = (code: number): boolean => code >= 0xd0 && code <= 0xd7;
const standsAlone = (code: number): boolean => code === 0x01 || isRestart(code);

/**
 * Cuts a stream of JPEG pictures that follow one another into whole pictures.
 *
 * It walks the markers (ITU-T T.81, annex B) instead of looking for an end marker, because a thumbnail inside an
 * EXIF segment has one of its own. After a broken picture it goes on at the next start of one: a USB camera
 * cuts off a frame now and then, and its first frame often. Zeroes between pictures are skipped, since some
 * cameras pad their frames with them.
 */
export class JpegStream {
  #held = Buffer.allocUnsafeSlow(64 * 1024);
  #filled = 0;
  #at = 0;
  #inside: 'gap' | 'noise' | 'segments' | 'scan' = 'gap';

  /** Whether the stream stands in the middle of a picture. */
  get unfinished(): boolean {
    return this.#inside === 'segments' || this.#inside === 'scan';
  }

  /** Takes the next bytes, cut anywhere, and yields the pictures that they complete, in copies. */
  *take(chunk: Uint8Array): Generator<Result<Uint8Array, BrokenPicture>> {
    this.#append(chunk);
    for (let found = this.#step(); found !== 'more'; found = this.#step()) {
      if (found !== 'onward') yield found;
    }
    if (this.#filled > longestPicture) {
      this.#drop(this.#filled);
      this.#inside = 'noise';
      yield err('broken-picture');
    }
  }

  #append(chunk: Uint8Array): void {
    const needed = this.#filled + chunk.length;
    if (needed > this.#held.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, 2 * this.#held.length));
      this.#held.copy(larger, 0, 0, this.#filled);
      this.#held = larger;
    }
    this.#held.set(chunk, this.#filled);
    this.#filled = needed;
  }

  #drop(bytes: number): void {
    this.#held.copyWithin(0, bytes, this.#filled);
    this.#filled -= bytes;
    this.#at = 0;
  }

  #step(): Result<Uint8Array, BrokenPicture> | 'onward' | 'more' {
    switch (this.#inside) {
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
    const bytes = this.#held.subarray(0, this.#filled);
    const start = bytes.findIndex((byte) => byte !== 0);
    if (start < 0) {
      this.#drop(this.#filled);
      return 'more';
    }
    this.#drop(start);
    if (this.#filled < 2) return 'more';
    if (this.#held[0] !== 0xff || this.#held[1] !== startOfImage) return this.#broken(0);
    this.#inside = 'segments';
    this.#at = 2;
    return 'onward';
  }

  #crossNoise(): 'onward' | 'more' {
    const start = this.#held.subarray(0, this.#filled).indexOf(Buffer.of(0xff, startOfImage, 0xff));
    // The first two bytes of a start may lie at the very end.
    this.#drop(start < 0 ? Math.max(0, this.#filled - 2) : start);
    if (start < 0) return 'more';
    this.#inside = 'segments';
    this.#at = 2;
    return 'onward';
  }

  #crossSegment(): Result<Uint8Array, BrokenPicture> | 'onward' | 'more' {
    if (this.#filled < this.#at + 2) return 'more';
    if (this.#held[this.#at] !== 0xff) return this.#broken(this.#at);
    const code = this.#held[this.#at + 1];
    if (code === 0xff) {
      this.#at += 1;
      return 'onward';
    }
    if (code === endOfImage) return this.#whole(this.#at + 2);
    if (code === startOfImage || code === 0) return this.#broken(this.#at);
    if (standsAlone(code)) {
      this.#at += 2;
      return 'onward';
    }
    if (this.#filled < this.#at + 4) return 'more';
    const length = this.#held.readUInt16BE(this.#at + 2);
    if (length < 2) return this.#broken(this.#at);
    this.#at += 2 + length;
    if (code === startOfScan) this.#inside = 'scan';
    return 'onward';
  }

  #crossScan(): 'onward' | 'more' {
    const marker = this.#held.subarray(0, this.#filled).indexOf(0xff, this.#at);
    this.#at = Math.max(this.#at, marker < 0 ? this.#filled : marker);
    if (this.#filled < this.#at + 2) return 'more';
    const code = this.#held[this.#at + 1];
    if (code === 0 || isRestart(code)) this.#at += 2;
    else this.#inside = 'segments';
    return 'onward';
  }

  #whole(end: number): Result<Uint8Array, BrokenPicture> {
    const picture = new Uint8Array(this.#held.subarray(0, end));
    this.#drop(end);
    this.#inside = 'gap';
    return ok(picture);
  }

  #broken(at: number): Result<Uint8Array, BrokenPicture> {
    this.#drop(at);
    this.#inside = 'noise';
    return err('broken-picture');
  }
}
