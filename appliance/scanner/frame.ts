import { endianness } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';
import type { Parameters, SaneDevice } from './sane/device.js';
import type { SaneFault } from './sane/status.js';
import { largestPage } from './scanner.js';

/** In bytes per read. A slow scanner fills some ten a second, enough to show progress. */
const readSize = 256 * 1024;

export type Frame = {
  readonly width: number;
  /** -1 if the driver does not know it yet. */
  readonly height: number;
  readonly channels: 1 | 3;
  readonly bytesPerSample: 1 | 2;
  readonly bytesPerLine: number;
};

/** The frame that a scan will deliver, if it is one frame of 8-bit or 16-bit samples and no larger than a page. */
export function frameOf(parameters: Parameters): Result<Frame, 'unsupported' | 'black-and-white'> {
  const { format, depth, pixelsPerLine: width, lines: height, bytesPerLine } = parameters;
  if (format !== 'gray' && format !== 'rgb') return err('unsupported');
  if (depth === 1) return err('black-and-white');
  if (depth !== 8 && depth !== 16) return err('unsupported');
  const channels = format === 'rgb' ? 3 : 1;
  const bytesPerSample = depth === 8 ? 1 : 2;
  const isValid =
    width > 0 && (height > 0 || height === -1) && bytesPerLine >= width * channels * bytesPerSample;
  if (!isValid || bytesPerLine * Math.max(height, 1) > largestPage) return err('unsupported');
  return ok({ width, height, channels, bytesPerSample, bytesPerLine });
}

/** Why there is no frame. Drivers report only the first of these. */
export type FrameFault = SaneFault | 'black-and-white' | 'aborted' | 'empty' | 'short';

/**
 * Reads a started frame to its end.
 *
 * @param quiet milliseconds without a byte that count as a stall, even if the driver answers
 * @returns the lines in 8 bits a sample, without the driver's padding, and their number
 */
export async function receiveFrame(
  device: SaneDevice,
  frame: Frame,
  quiet: number,
  onProgress: (fraction: number) => void,
  signal: AbortSignal,
): Promise<Result<{ data: Uint8Array; height: number }, FrameFault>> {
  const known = frame.height > 0;
  let data = new Uint8Array(
    frame.bytesPerLine * (known ? frame.height : Math.ceil(readSize / frame.bytesPerLine)),
  );
  const fail = (fault: FrameFault) => {
    data.fill(0);
    return err(fault);
  };
  const isAborted = () => signal.aborted;
  let received = 0;
  for (let lastByte = performance.now(); !known || received < data.length;) {
    if (isAborted()) return fail('aborted');
    if (received === data.length) {
      if (data.length * 2 > largestPage) return fail('unsupported');
      data = grown(data);
    }
    const read = await device.read(data.subarray(received, received + readSize));
    if (!read.ok && read.error === 'eof') break;
    if (!read.ok) return fail(isAborted() ? 'aborted' : read.error);
    if (read.value > 0) {
      received += read.value;
      lastByte = performance.now();
      if (known) onProgress(received / data.length);
    } else {
      if (performance.now() - lastByte > quiet) return fail('stalled');
      await delay(20);
    }
  }
  if (isAborted()) return fail('aborted');
  if (received === 0) return fail('empty');
  if (known ? received < data.length : received % frame.bytesPerLine !== 0) return fail('short');
  const height = received / frame.bytesPerLine;
  return ok({ data: samplesOf(data, frame, height), height });
}

/** Copies the data into twice the space and zeroes the old. */
function grown(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(data.length * 2);
  larger.set(data);
  data.fill(0);
  return larger;
}

/**
 * Moves the samples together, without the driver's padding, and zeroes what is left behind. Of 16 bits the upper eight
 * are kept; they are in the machine's byte order (SANE Standard 1.06, 3.2.1).
 */
function samplesOf(
  data: Uint8Array,
  { width, channels, bytesPerSample, bytesPerLine }: Frame,
  height: number,
): Uint8Array {
  const line = width * channels;
  if (bytesPerSample === 2) {
    const upper = endianness() === 'LE' ? 1 : 0;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < line; x++) data[y * line + x] = data[y * bytesPerLine + 2 * x + upper];
    }
  } else if (line !== bytesPerLine) {
    for (let y = 1; y < height; y++) data.copyWithin(y * line, y * bytesPerLine, y * bytesPerLine + line);
  }
  data.fill(0, height * line);
  return data.subarray(0, height * line);
}
