import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { mock } from 'node:test';
import { setImmediate as turn } from 'node:timers/promises';

import sharp from 'sharp';

import { framesOf, type JpegProgram } from '../../appliance/camera/program.js';
import type { CameraFault } from '../../appliance/findings.js';

describe('the frames of a program', () => {
  let pictures: Buffer[];
  let pipe: PassThrough;
  let ended: PromiseWithResolvers;
  let program: JpegProgram;

  type PromiseWithResolvers = { promise: Promise<CameraFault>; resolve: (fault: CameraFault) => void };
  const withResolvers = (): PromiseWithResolvers => {
    let resolve: (fault: CameraFault) => void = () => undefined;
    const promise = new Promise<CameraFault>((settle) => (resolve = settle));
    return { promise, resolve };
  };

  before(async () => {
    const grey = (value: number): Promise<Buffer> =>
      sharp({ create: { width: 16, height: 16, channels: 3, background: { r: value, g: value, b: value } } })
        .jpeg()
        .toBuffer();
    pictures = await Promise.all([0, 60, 120, 180, 240].map(grey));
  });

  beforeEach(() => {
    pipe = new PassThrough();
    ended = withResolvers();
    program = {
      pipe,
      ended: ended.promise,
      end: () => {
        ended.resolve('camera-failed');
      },
    };
  });

  afterEach(() => mock.timers.reset());

  const open = (): ReturnType<typeof framesOf> => framesOf(() => program, new AbortController().signal);
  const picture = (index: number): unknown => ({
    ok: true,
    value: { encoded: new Uint8Array(pictures[index]) },
  });

  it('are the newest, never a queue of old ones', async () => {
    const frames = open();
    pipe.write(pictures[0]);
    assert.deepEqual((await frames.next()).value, picture(0));
    for (const late of pictures.slice(1)) pipe.write(late);
    await turn();
    assert.deepEqual((await frames.next()).value, picture(4));
    await frames.return(undefined);
  });

  it('survive a cut frame now and then, but not one after another', async () => {
    const frames = open();
    const half = pictures[1].subarray(0, -3);
    pipe.write(Buffer.concat([half, half, pictures[2]]));
    assert.deepEqual((await frames.next()).value, picture(2));
    pipe.write(Buffer.concat(Array.from({ length: 9 }, () => half)));
    assert.deepEqual((await frames.next()).value, { ok: false, error: 'camera-broken-frames' });
    assert.equal((await frames.next()).done, true);
  });

  it('wait longer for the first picture than between two', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const hour = 3_600_000;
    const timeouts = { beforeFirst: hour, between: 50 };
    const frames = framesOf(() => program, new AbortController().signal, timeouts);
    const first = frames.next();
    mock.timers.tick(hour - 1);
    pipe.write(pictures[0]);
    assert.deepEqual((await first).value, picture(0));
    const second = frames.next();
    mock.timers.tick(timeouts.between);
    assert.deepEqual((await second).value, { ok: false, error: 'camera-no-frames' });
  });

  it('end with what the program ended of', async () => {
    const frames = open();
    pipe.write(pictures[0]);
    assert.deepEqual((await frames.next()).value, picture(0));
    ended.resolve('camera-busy');
    assert.deepEqual((await frames.next()).value, { ok: false, error: 'camera-busy' });
    assert.equal((await frames.next()).done, true);
  });
});
