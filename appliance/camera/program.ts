import type { Readable } from 'node:stream';

import { setTimeout as wait } from 'node:timers/promises';

import type { CameraFault } from '../findings.js';
import { err, ok, type Result } from '../result.js';
import type { Frame } from './camera.js';
import { JpegStream } from './jpeg-stream.js';
import { Newest } from './newest.js';

/** A program that writes JPEG pictures, one after another, into a pipe. */
export type PictureProgram = {
  readonly pipe: Readable;
  /** Settles when every process of the program is gone and its pipe was read to the end: why it ended. */
  readonly ended: Promise<CameraFault>;
  /** Asks the program to end, and ends it if it does not listen. May be called again. */
  end(): void;
};

/** How long the camera may be silent, in milliseconds. */
export type Silence = {
  /** A camera module needs one to two seconds to start, and its program several times that on a busy machine. */
  readonly beforeFirst: number;
  readonly between: number;
};

const patience: Silence = { beforeFirst: 15_000, between: 5000 };

/** How long a program that was ended may take to be gone, in milliseconds; after that the kernel holds on to it. */
const letGo = 3000;

/** So many cut frames one after another are no accident any more. */
const brokenInARow = 8;

/**
 * Starts a program and yields what it photographs, the newest only, until the signal is aborted or the program
 * fails. The program is asked to end the moment the signal is aborted, and is gone when the iteration is over, unless
 * the kernel does not let go of it.
 */
export async function* framesOf(
  start: () => PictureProgram,
  signal: AbortSignal,
  silence = patience,
): AsyncGenerator<Result<Frame, CameraFault>> {
  if (signal.aborted) return;
  const program = start();
  const newest = new Newest<Result<Frame, CameraFault>>();
  const abort = (): void => {
    newest.finish();
    program.end();
  };
  signal.addEventListener('abort', abort, { once: true });
  const unwatch = watch(program, newest, silence);
  try {
    for (let next = await newest.take(); next; next = await newest.take()) {
      yield next;
      if (!next.ok) return;
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', abort);
    program.end();
    await within(letGo, program.ended);
  }
}

async function within(milliseconds: number, awaited: Promise<unknown>): Promise<void> {
  const given = new AbortController();
  const end = wait(milliseconds, undefined, { signal: given.signal }).catch(() => undefined);
  await Promise.race([awaited, end]);
  given.abort();
}

/** Hands each whole picture on, and a fault when none comes for too long or the program ends. */
function watch(
  program: PictureProgram,
  newest: Newest<Result<Frame, CameraFault>>,
  silence: Silence,
): () => void {
  const stream = new JpegStream();
  let broken = 0;
  let pictures = 0;
  const isBroken = (): boolean => broken > 0 || (pictures === 0 && stream.unfinished);
  const despair = (): void => {
    newest.finishWith(err(isBroken() ? 'camera-broken-frames' : 'camera-no-frames'));
  };
  let timer = setTimeout(despair, silence.beforeFirst);
  program.pipe.on('data', (chunk: Buffer) => {
    for (const picture of stream.take(chunk)) {
      if (picture.ok) {
        broken = 0;
        pictures += 1;
        clearTimeout(timer);
        timer = setTimeout(despair, silence.between);
        newest.put(ok({ encoded: picture.value }));
      } else if (++broken === brokenInARow) {
        newest.finishWith(err('camera-broken-frames'));
      }
    }
  });
  void program.ended.then((fault) => {
    newest.finishWith(err(isBroken() ? 'camera-broken-frames' : fault));
  });
  return () => {
    clearTimeout(timer);
  };
}
