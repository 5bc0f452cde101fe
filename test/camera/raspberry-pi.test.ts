import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import fc from 'fast-check';
import sharp from 'sharp';

import type { Frame } from '../../appliance/camera/camera.js';
import type { FrameTimeouts } from '../../appliance/camera/program.js';
import { raspberryPiCamera } from '../../appliance/camera/libcamera-vid.js';
import type { CameraFault } from '../../appliance/findings.js';
import type { Result } from '../../appliance/result.js';
import { openFiles, processes, started } from './processes.js';

/**
 * The real program needs a Raspberry Pi with a camera module. In its place stands a script of the same name that
 * behaves as it does: it writes motion JPEG to the file of `--output` until it is interrupted, and talks on its
 * standard error.
 */
const libcameraVid = (behaviour: string): string => `#!/bin/sh
echo "$@" > "$(dirname "$0")/arguments"
while [ $# -gt 0 ]; do
  if [ "$1" = --output ]; then output=$2; fi
  shift
done
echo '[0:00:00.000000000] [1] INFO Camera camera_manager.cpp:313 libcamera v0.3.0' >&2
photograph='gst-launch-1.0 -q videotestsrc is-live=true ! video/x-raw,width=1280,height=960,framerate=15/1 ! jpegenc'
${behaviour}
`;

const works = 'exec $photograph ! filesink buffer-mode=unbuffered location="$output"';
const worksInAChild = '$photograph ! filesink buffer-mode=unbuffered location="$output"\necho ended >&2';
const ignoresInterrupts = `trap '' INT\n${worksInAChild}`;
const saysNothing = 'exec sleep 600 > "$output"';
const hasNoCamera = 'echo "ERROR: *** no cameras available ***" >&2\nexit 255';
const isBusy =
  'echo "ERROR: *** failed to acquire camera /base/soc/i2c0mux/i2c@1/imx708@1a ***" >&2\nexit 255';
const endsEarly = '$photograph ! identity eos-after=3 ! filesink buffer-mode=unbuffered location="$output"';

describe('a Raspberry Pi camera module', () => {
  let folder: string;
  let path: string;
  let filesBefore: number;

  before(async () => {
    path = process.env.PATH ?? '';
    folder = await mkdtemp(join(tmpdir(), 'libcamera-'));
  });
  beforeEach(() => {
    process.env.PATH = `${folder}${delimiter}${path}`;
    filesBefore = openFiles();
  });
  afterEach(async () => {
    process.env.PATH = path;
    assert.deepEqual(started(), []);
    assert.deepEqual(orphans(), []);
    assert.equal(openFiles(), filesBefore);
    assert.deepEqual(
      (await readdir(folder)).filter((name) => !['arguments', 'libcamera-vid'].includes(name)),
      [],
    );
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  /** GStreamer's programs of this process group that no process of the group started: other tests run beside. */
  const orphans = () => {
    const all = processes();
    const own = all.find(({ pid }) => pid === process.pid)!.group;
    const group = all.filter((each) => each.group === own);
    return group.filter(
      ({ name, parent }) => name.startsWith('gst-launch') && !group.some(({ pid }) => pid === parent),
    );
  };

  const install = async (behaviour: string): Promise<void> => {
    await writeFile(join(folder, 'libcamera-vid'), libcameraVid(behaviour));
    await chmod(join(folder, 'libcamera-vid'), 0o755);
  };

  async function take(count: number, timeouts?: FrameTimeouts): Promise<Result<Frame, CameraFault>[]> {
    const frames: Result<Frame, CameraFault>[] = [];
    for await (const frame of raspberryPiCamera(timeouts).frames(new AbortController().signal)) {
      frames.push(frame);
      if (frames.length === count) break;
    }
    return frames;
  }

  const fault = (error: CameraFault): Result<Frame, CameraFault>[] => [{ ok: false, error }];

  it('hands over whole pictures, and leaves no process, file or pipe', async () => {
    await install(works);
    const frames = await take(4);
    assert.equal(frames.length, 4);
    for (const frame of frames) {
      assert.ok(frame.ok);
      const { width, height } = await sharp(frame.value.encoded).metadata();
      assert.deepEqual({ width, height }, { width: 1280, height: 960 });
    }
  });

  it('runs the program with constants, and the name of a pipe that no folder holds', async () => {
    await install(works);
    await take(1);
    assert.match(
      await readFile(join(folder, 'arguments'), 'utf8'),
      /^--timeout 0 --nopreview --codec mjpeg --quality 90 --width 1280 --height 960 --flush --output \/dev\/fd\/\d+\n$/,
    );
  });

  it('leaves nothing when a shell stands between, or interrupts are ignored', async () => {
    await install(worksInAChild);
    assert.equal((await take(2)).length, 2);
    await install(ignoresInterrupts);
    assert.equal((await take(2)).length, 2);
  });

  it('leaves nothing, at whatever moment it is aborted', async () => {
    await install(works);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 250 }), async (milliseconds) => {
        const stop = new AbortController();
        setTimeout(() => {
          stop.abort();
        }, milliseconds);
        for await (const frame of raspberryPiCamera().frames(stop.signal)) assert.ok(frame.ok);
        assert.deepEqual(started(), []);
        assert.equal(openFiles(), filesBefore);
      }),
      { numRuns: 8 },
    );
  });

  it('tells a missing camera, a busy one, a silent one and a failing one apart', async () => {
    await install(hasNoCamera);
    assert.deepEqual(await take(1), fault('camera-missing'));
    await install(isBusy);
    assert.deepEqual(await take(1), fault('camera-busy'));
    await install(saysNothing);
    assert.deepEqual(await take(1, { beforeFirst: 200, between: 200 }), fault('camera-no-frames'));
    await install(endsEarly);
    assert.deepEqual((await take(9)).slice(-1), fault('camera-failed'));
  });

  it('fails when the program is not installed', async () => {
    process.env.PATH = '/nowhere';
    assert.deepEqual(await take(1), fault('camera-failed'));
  });
});
