import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';

import fc from 'fast-check';
import sharp from 'sharp';

import type { Camera, Frame } from '../../appliance/camera/camera.js';
import { gstreamerCamera, type Stage } from '../../appliance/camera/gstreamer.js';
import { openCamera } from '../../appliance/camera/open.js';
import { cameraSources } from '../../appliance/camera/sources.js';
import { usb } from '../../appliance/camera/sources/usb.js';
import type { CameraFault } from '../../appliance/findings.js';
import type { Result } from '../../appliance/result.js';
import { openFiles, started } from './processes.js';

const encode: Stage[] = [['jpegenc']];
const size = 'video/x-raw,width=1280,height=960,framerate=30/1';
const colourBars: Stage[] = [['videotestsrc', 'is-live=true'], [size], ...encode];
const sample = 'node_modules/@vladmandic/face-api/demo/sample6.jpg';

/** The first `count` frames of a camera, or fewer when it ends. */
async function take(camera: Camera, count: number): Promise<Result<Frame, CameraFault>[]> {
  const frames: Result<Frame, CameraFault>[] = [];
  for await (const frame of camera.frames(new AbortController().signal)) {
    frames.push(frame);
    if (frames.length === count) break;
  }
  return frames;
}

async function faultOf(camera: Camera): Promise<CameraFault | undefined> {
  const last = (await take(camera, 1000)).at(-1);
  return last && !last.ok ? last.error : undefined;
}

describe('a camera behind GStreamer', () => {
  let filesBefore: number;
  before(async () => {
    await take(gstreamerCamera([colourBars]), 1);
    filesBefore = openFiles();
  });
  afterEach(() => {
    assert.deepEqual(started(), []);
    assert.equal(openFiles(), filesBefore);
  });

  it('hands over whole pictures', async () => {
    const frames = await take(gstreamerCamera([colourBars]), 5);
    assert.equal(frames.length, 5);
    for (const frame of frames) {
      assert.ok(frame.ok);
      const { format, width, height } = await sharp(frame.value.encoded).metadata();
      assert.deepEqual({ format, width, height }, { format: 'jpeg', width: 1280, height: 960 });
      await sharp(frame.value.encoded, { failOn: 'warning' }).stats();
    }
  });

  it('passes a black picture on: whether a face is on it is not for the camera to say', async () => {
    const black: Stage[] = [['videotestsrc', 'is-live=true', 'pattern=black'], [size], ...encode];
    const [frame] = await take(gstreamerCamera([black]), 1);
    assert.ok(frame.ok);
    const { channels } = await sharp(frame.value.encoded).stats();
    assert.ok(channels.every(({ max }) => max < 32));
  });

  it('tries the next pipeline when the camera cannot give what the first one asks for', async () => {
    const impossible: Stage[] = [['videotestsrc'], ['image/jpeg']];
    const [frame] = await take(gstreamerCamera([impossible, colourBars]), 1);
    assert.ok(frame.ok);
    assert.equal(await faultOf(gstreamerCamera([impossible, impossible])), 'camera-failed');
  });

  it('says that no frames come', async () => {
    const silent: Stage[] = [['videotestsrc', 'is-live=true'], [size], ['valve', 'drop=true'], ...encode];
    assert.equal(
      await faultOf(gstreamerCamera([silent], { beforeFirst: 300, between: 300 })),
      'camera-no-frames',
    );
  });

  it('says that frames are broken: half a picture, or none at all', async () => {
    const half: Stage[] = [['filesrc', `location=${sample}`, 'blocksize=3000', 'num-buffers=1']];
    assert.equal(await faultOf(gstreamerCamera([half])), 'camera-broken-frames');
    const raw: Stage[] = [['videotestsrc', 'is-live=true'], [size]];
    assert.equal(
      await faultOf(gstreamerCamera([raw], { beforeFirst: 300, between: 300 })),
      'camera-broken-frames',
    );
  });

  it('fails when the program dies at once, or is not installed', async () => {
    assert.equal(await faultOf(gstreamerCamera([[['nosuchsrc']]])), 'camera-failed');
    const path = process.env.PATH;
    process.env.PATH = '/nowhere';
    try {
      assert.equal(await faultOf(gstreamerCamera([colourBars])), 'camera-failed');
    } finally {
      process.env.PATH = path;
    }
  });

  it('fails when the program ends or is killed in mid-stream', async () => {
    const short: Stage[] = [['videotestsrc', 'num-buffers=3'], [size], ...encode];
    assert.equal(await faultOf(gstreamerCamera([short])), 'camera-failed');

    const frames: Result<Frame, CameraFault>[] = [];
    for await (const frame of gstreamerCamera([colourBars]).frames(new AbortController().signal)) {
      frames.push(frame);
      if (frames.length === 3) process.kill(started()[0].pid, 'SIGKILL');
    }
    assert.deepEqual(frames.at(-1), { ok: false, error: 'camera-failed' });
  });

  it('says that a USB camera is not there', async () => {
    const missing = openCamera({ kind: 'gstreamer', source: 'v4l2src', device: '/dev/video99' });
    assert.equal(await faultOf(missing), 'camera-missing');
  });

  it('starts nothing when the visit has ended already', async () => {
    for await (const frame of gstreamerCamera([colourBars]).frames(AbortSignal.abort())) {
      assert.fail(`a frame came: ${String(frame.ok)}`);
    }
  });

  it('leaves no process behind, at whatever moment it is aborted', async () => {
    const moment = fc.integer({ min: 0, max: 250 });
    await fc.assert(
      fc.asyncProperty(moment, fc.boolean(), async (milliseconds, slowConsumer) => {
        const stop = new AbortController();
        setTimeout(() => {
          stop.abort();
        }, milliseconds);
        for await (const frame of gstreamerCamera([colourBars]).frames(stop.signal)) {
          assert.ok(frame.ok);
          if (slowConsumer) await sleep(60);
        }
        assert.deepEqual(started(), []);
      }),
      { numRuns: 12 },
    );
  });

  it('ends a program that does not listen', async () => {
    const stop = new AbortController();
    // A frozen program takes no signal but SIGKILL.
    for await (const frame of gstreamerCamera([colourBars]).frames(stop.signal)) {
      assert.ok(frame.ok);
      process.kill(started()[0].pid, 'SIGSTOP');
      stop.abort();
    }
    assert.deepEqual(started(), []);
  });
});

describe("GStreamer's pipelines", () => {
  it('take JPEG from a USB camera as it is before they encode it themselves', () => {
    const [first, second] = usb.pipelines({ kind: 'gstreamer', source: 'v4l2src', device: '/dev/video0' });
    assert.deepEqual(first, [
      ['v4l2src', 'device=/dev/video0'],
      ['image/jpeg,width=[640,1280],height=[480,960]'],
    ]);
    assert.ok(second.some(([element]) => element === 'jpegenc'));
  });

  for (const source of ['libcamerasrc', 'v4l2src'] as const) {
    it(`are understood by GStreamer (${source})`, async () => {
      for (const stages of cameraSources[source].pipelines({ kind: 'gstreamer', source })) {
        const tried = stages.map((stage) => (stage[0] === source ? ['videotestsrc', 'is-live=true'] : stage));
        const encoded = tried.some(([element]) => element === 'jpegenc')
          ? tried
          : tried.flatMap((stage) => (stage[0] === 'videotestsrc' ? [stage, ...encode] : [stage]));
        const [frame] = await take(gstreamerCamera([encoded]), 1);
        assert.ok(frame.ok);
      }
    });
  }
});
