import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { processes } from './processes.js';

import { until } from '../../hardware-tests/counter/until.js';

describe('a process that photographs', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'killed-'));
    const program = join(folder, 'libcamera-vid');
    // As the real program: it stops when nobody reads what it writes.
    const photograph = 'gst-launch-1.0 -q videotestsrc is-live=true ! jpegenc ! filesink location="$output"';
    await writeFile(program, `#!/bin/sh\nfor output in "$@"; do :; done\n${photograph}\n`);
    await chmod(program, 0o755);
  });
  after(async () => {
    await rm(folder, { recursive: true });
  });

  /** Starts a photographer at the head of a process group of its own, as the core starts a vault. */
  async function photograph(camera: string): Promise<number> {
    const photographer = spawn(process.execPath, [join(import.meta.dirname, 'photographer.js'), camera], {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PATH: `${folder}${delimiter}${process.env.PATH ?? ''}` },
    });
    const [said] = (await once(photographer.stdout.setEncoding('utf8'), 'data')) as [string];
    photographer.stdout.resume();
    assert.match(said, /^photographing/);
    return photographer.pid!;
  }

  const alive = (group: number): string[] =>
    processes()
      .filter((each) => each.group === group)
      .map(({ name }) => name);

  async function assertGone(group: number): Promise<void> {
    await until('the end of the group', () => alive(group).length === 0, { seen: () => alive(group) });
  }

  for (const camera of ['gstreamer', 'raspberry-pi']) {
    it(`takes its camera with it when its process group is killed (${camera})`, async () => {
      const group = await photograph(camera);
      assert.ok(alive(group).some((name) => name.startsWith('gst-launch')));
      process.kill(-group, 'SIGKILL');
      await assertGone(group);
    });

    it(`takes its camera with it when it alone is killed (${camera})`, async () => {
      const group = await photograph(camera);
      process.kill(group, 'SIGKILL');
      await assertGone(group);
    });
  }
});
