import { setTimeout as delay } from 'node:timers/promises';

import { err, ok, type Result } from '../result.js';
import type { Parameters, SaneDevice } from './sane/device.js';
import type { SaneFault } from './sane/status.js';

/** Bytes of the largest page that is taken: the glass of A4 in colour at 600 dpi is 104 million. */
export const largestPage = 150_000_000;

/** Bytes asked of the driver at a time: some ten a second from a slow scanner, so that progress is seen. */
const portion = 256 * 1024;

export type Frame = {
  readonly width: number;
  /** -1 where the driver does not know yet. */
  readonly height: number;
  readonly channels: 1 | 3;
  readonly bytesPerLine: number;
};

/** What a scan will deliver, if it is a picture of 8-bit samples in one frame, and no larger than a page. */
export function frameOf(parameters: Parameters): Result<Frame, 'unsupported'> {
  const { format, depth, pixelsPerLine: width, lines: height, bytesPerLine } = parameters;
  if (depth !== 8 || (format !== 'gray' && format !== 'rgb')) return err('unsupported');
  const channels = format === 'rgb' ? 3 : 1;
  const sound = width > 0 && (height > 0 || height === -1) && bytesPerLine >= width * channels;
  if (!sound || bytesPerLine * Math.max(height, 1) > largestPage) return err('unsupported');
  return ok({ width, height, channels, bytesPerLine });
}

/** Why a frame came to nothing; `empty` and `short` are what a driver says nothing about. */
export type FrameFault = SaneFault | 'aborted' | 'empty' | 'short';

/**
 * Reads a started frame to its end. Answers its lines one after the other without the driver's padding, and
 * how many there are. `quiet` milliseconds without a byte are a stall, even if the driver answers.
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
    frame.bytesPerLine * (known ? frame.height : Math.ceil(portion / frame.bytesPerLine)),
  );
  const fail = (fault: FrameFault) => {
    data.fill(0);
    return err(fault);
  };
  const aborted = () => signal.aborted;
  let received = 0;
  for (let lastByte = performance.now(); !known || received < data.length;) {
    if (aborted()) return fail('aborted');
    if (received === data.length) {
      if (data.length * 2 > largestPage) return fail('unsupported');
      data = grown(data);
    }
    const read = await device.read(data.subarray(received, received + portion));
    if (!read.ok && read.error === 'eof') break;
    if (!read.ok) return fail(aborted() ? 'aborted' : read.error);
    if (read.value > 0) {
      received += read.value;
      lastByte = performance.now();
      if (known) onProgress(received / data.length);
    } else {
      if (performance.now() - lastByte > quiet) return fail('stalled');
      await delay(20);
    }
  }
  if (aborted()) return fail('aborted');
  if (received === 0) return fail('empty');
  if (known ? received < data.length : received % frame.bytesPerLine !== 0) return fail('short');
  const height = received / frame.bytesPerLine;
  return ok({ data: withoutPadding(data, frame, height), height });
}

/** Twice the room, the old one emptied. */
function grown(data: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(data.length * 2);
  larger.set(data);
  data.fill(0);
  return larger;
}

function withoutPadding(
  data: Uint8Array,
  { width, channels, bytesPerLine }: Frame,
  height: number,
): Uint8Array {
  const line = width * channels;
  if (line !== bytesPerLine) {
    for (let y = 1; y < height; y++) data.copyWithin(y * line, y * bytesPerLine, y * bytesPerLine + line);
  }
  return data.subarray(0, height * line);
}
