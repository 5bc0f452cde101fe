import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { longestPicture } from '../../appliance/camera/jpeg-stream.js';
import { openCamera } from '../../appliance/camera/open.js';

describe('a replay camera', () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'replay-'));
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  const write = async (...names: string[]): Promise<void> => {
    for (const name of names) await writeFile(join(folder, name), name);
  };

  /** What the first `count` frames hold, each fetched after a pause. */
  async function replay(pictures: string, count: number, pause = 0): Promise<string[]> {
    const seen: string[] = [];
    const stop = new AbortController();
    for await (const frame of openCamera({ kind: 'replay', pictures }).frames(stop.signal)) {
      seen.push(frame.ok ? Buffer.from(frame.value.encoded).toString() : frame.error);
      if (seen.length === count) stop.abort();
      await sleep(pause);
    }
    return seen;
  }

  it('is a practice camera', () => {
    assert.equal(openCamera({ kind: 'replay', pictures: folder }).practice, true);
    assert.equal(openCamera({ kind: 'raspberry-pi' }).practice, false);
  });

  it('hands over the pictures of a folder in the order of their names, again and again', async () => {
    await write('10.png', '2.JPG', '1.jpeg', '.hidden.jpg', 'notes.txt');
    const names = ['1.jpeg', '2.JPG', '10.png'];
    const seen = await replay(folder, 5);
    // A busy machine may be late for a picture; the order stays.
    assert.equal(seen[0], names[0]);
    assert.deepEqual(new Set(seen), new Set(names));
  });

  it('hands over one picture again and again', async () => {
    await write('visitor');
    assert.deepEqual(await replay(join(folder, 'visitor'), 3), ['visitor', 'visitor', 'visitor']);
  });

  it('goes on in time when its consumer is slow', async () => {
    const names = Array.from({ length: 40 }, (_, i) => `${i}.jpg`);
    await write(...names);
    const seen = await replay(folder, 3, 250);
    const positions = seen.map((name) => Number.parseInt(name));
    assert.equal(positions[0], 0);
    // 250 ms are more than three pictures; none of those that passed is handed over late.
    assert.ok(positions[1] >= 3 && positions[2] >= positions[1] + 3, String(positions));
  });

  it('says that there is no camera: a missing folder, an empty one, one without a picture', async () => {
    assert.deepEqual(await replay(join(folder, 'missing'), 9), ['camera-missing']);
    assert.deepEqual(await replay(folder, 9), ['camera-missing']);
    await write('notes.txt');
    await mkdir(join(folder, 'folder.jpg'));
    assert.deepEqual(await replay('/dev/zero', 9), ['camera-missing']);
  });

  it('fails on a file that cannot be read or is no picture by its size', async () => {
    await mkdir(join(folder, '1.jpg'));
    assert.deepEqual(await replay(folder, 9), ['camera-failed']);
    const large = join(folder, 'film');
    await write('film');
    await truncate(large, longestPicture + 1);
    assert.deepEqual(await replay(large, 9), ['camera-broken-frames']);
  });

  it('hands over nothing when the visit has ended already', async () => {
    await write('1.jpg');
    for await (const frame of openCamera({ kind: 'replay', pictures: folder }).frames(AbortSignal.abort())) {
      assert.fail(`a frame came: ${String(frame.ok)}`);
    }
  });
});
