import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { CameraFault } from '../../findings.js';
import { err, ok, type Result } from '../../result.js';
import type { Camera, Frame } from '../camera.js';
import { longestPicture } from '../jpeg-stream.js';
import type { CameraSource, ChoiceOf } from '../source.js';

/** Recorded pictures, for practice and tests. It is never found, only named. */
export const replay: CameraSource<ChoiceOf<'replay'>> = {
  open: ({ pictures }) => replayCamera(pictures),
};

/** In milliseconds: 15 frames a second. */
const frameInterval = 1000 / 15;

const isPicture = (name: string): boolean => /^[^.].*\.(jpe?g|png|webp)$/i.test(name);

/**
 * A practice camera: loops over a folder's pictures in the order of their names, or over one picture, and
 * yields the files unchanged. Like a device it runs on while nobody fetches a frame.
 */
function replayCamera(pictures: string): Camera {
  return {
    practice: true,
    async *frames(signal) {
      const isOver = (): boolean => signal.aborted;
      const files = await listPictures(pictures);
      if (isOver()) return;
      if (!files.ok) {
        yield files;
        return;
      }
      const start = performance.now();
      for (let tick = 0; !isOver(); tick = await nextTick(start, tick, signal)) {
        const frame = await read(files.value[tick % files.value.length]);
        if (isOver()) return;
        yield frame;
        if (!frame.ok) return;
      }
    },
  };
}

async function read(file: string): Promise<Result<Frame, CameraFault>> {
  try {
    if ((await stat(file)).size > longestPicture) return err('camera-broken-frames');
    return ok({ encoded: await readFile(file) });
  } catch {
    return err('camera-failed');
  }
}

/** Waits until the frame after `last` is due, and returns the number of the frame due by then. */
async function nextTick(start: number, last: number, signal: AbortSignal): Promise<number> {
  const now = (): number => Math.floor((performance.now() - start) / frameInterval);
  const due = start + (last + 1) * frameInterval - performance.now();
  if (due > 0) await sleep(due, undefined, { signal }).catch(() => undefined);
  return Math.max(last + 1, now());
}

async function listPictures(path: string): Promise<Result<string[], CameraFault>> {
  try {
    const place = await stat(path);
    if (place.isFile()) return ok([path]);
    const names = (await readdir(path)).filter(isPicture);
    names.sort(new Intl.Collator('en', { numeric: true }).compare);
    return names.length > 0 ? ok(names.map((name) => join(path, name))) : err('camera-missing');
  } catch {
    return err('camera-missing');
  }
}
