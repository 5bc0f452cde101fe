import type { Readable } from 'node:stream';

import { setTimeout as wait } from 'node:timers/promises';

import type { CameraFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { Frame } from './camera.js';
import { JpegStream } from './jpeg-stream.js';
import { LatestValue } from './latest-value.js';

/** A program that writes JPEG pictures, one after another, into a pipe. */
export type JpegProgram = {
  readonly pipe: Readable;
  /** Resolves with the cause once all processes of the program are gone and its pipe was read to the end. */
  readonly ended: Promise<CameraFault>;
  /** Asks the program to end, and kills it if it does not. May be called again. */
  end(): void;
};

/** How long no picture may arrive, in milliseconds. */
export type FrameTimeouts = {
  /** A camera module needs one to two seconds to start, and several times that on a busy machine. */
  readonly beforeFirst: number;
  readonly between: number;
};

const defaultTimeouts: FrameTimeouts = { beforeFirst: 15_000, between: 5000 };

/** In milliseconds. A program that is not gone this long after its kill hangs in the kernel. */
const killTimeout = 3000;

/** A single broken frame is normal; this many in a row are a fault. */
const brokenInARow = 8;

/**
 * Starts a program and yields its newest frame until the signal aborts or the program fails. Aborting asks the
 * program to end at once. When the iteration is over the program is gone, unless it hangs in the kernel.
 */
export async function* framesOf(
  start: () => JpegProgram,
  signal: AbortSignal,
  timeouts = defaultTimeouts,
): AsyncGenerator<Result<Frame, CameraFault>> {
  if (signal.aborted) return;
  const program = start();
  const latest = new LatestValue<Result<Frame, CameraFault>>();
  const abort = (): void => {
    latest.finish();
    program.end();
  };
  signal.addEventListener('abort', abort, { once: true });
  const unwatch = watch(program, latest, timeouts);
  try {
    for (let next = await latest.take(); next; next = await latest.take()) {
      yield next;
      if (!next.ok) return;
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', abort);
    program.end();
    await atMost(killTimeout, program.ended);
  }
}

async function atMost(milliseconds: number, awaited: Promise<unknown>): Promise<void> {
  const settled = new AbortController();
  const timeout = wait(milliseconds, undefined, { signal: settled.signal }).catch(() => undefined);
  await Promise.race([awaited, timeout]);
  settled.abort();
}

/** Puts each whole picture into `latest`, and a fault when none arrives in time or the program ends. */
function watch(
  program: JpegProgram,
  latest: LatestValue<Result<Frame, CameraFault>>,
  timeouts: FrameTimeouts,
): () => void {
  const stream = new JpegStream();
  let broken = 0;
  let pictures = 0;
  const isBroken = (): boolean => broken > 0 || (pictures === 0 && stream.unfinished);
  const giveUp = (): void => {
    latest.finishWith(err(isBroken() ? 'camera-broken-frames' : 'camera-no-frames'));
  };
  let timer = setTimeout(giveUp, timeouts.beforeFirst);
  program.pipe.on('data', (chunk: Buffer) => {
    for (const picture of stream.take(chunk)) {
      if (picture.ok) {
        broken = 0;
        pictures += 1;
        clearTimeout(timer);
        timer = setTimeout(giveUp, timeouts.between);
        latest.put(ok({ encoded: picture.value }));
      } else if (++broken === brokenInARow) {
        latest.finishWith(err('camera-broken-frames'));
      }
    }
  });
  void program.ended.then((fault) => {
    latest.finishWith(err(isBroken() ? 'camera-broken-frames' : fault));
  });
  return () => {
    clearTimeout(timer);
  };
}
