import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { installation } from '../../appliance/installation.js';

const run = promisify(execFile);

/** An ONNX file with one node: y = Identity(x), both floats. */
const identity =
  '08073a2d0a100a017812017922084964656e746974791201675a090a017812040a020801620b0a017912060a040801120042040a00100d';

/** Runs onnxruntime in a process with its own home folder, and lists what it left there. */
async function leftBehind(importing: string): Promise<string[]> {
  const home = await mkdtemp(join(tmpdir(), 'terashi-telemetry-'));
  try {
    const program = `
      const { InferenceSession } = await import(${JSON.stringify(importing)});
      const session = await InferenceSession.create(Buffer.from('${identity}', 'hex'));
      if (session.inputNames[0] !== 'x') throw new Error('no session was made');
    `;
    // The environment of whoever runs the tests must not turn telemetry off.
    const env = { PATH: process.env.PATH, HOME: home, XDG_CACHE_HOME: join(home, 'cache') };
    await run(process.execPath, ['--input-type=module', '--eval', program], { cwd: installation.root, env });
    return await readdir(home, { recursive: true });
  } finally {
    await rm(home, { recursive: true });
  }
}

describe("onnxruntime's telemetry", () => {
  it('stores a device id by default', async () => {
    const files = await leftBehind('onnxruntime-node');
    assert.ok(files.some((file) => file.endsWith('deviceid')));
  });

  it('is off in the appliance, and leaves nothing behind, not even a folder', async () => {
    const door = join(installation.root, 'build', 'appliance', 'face', 'onnxruntime.js');
    assert.deepEqual(await leftBehind(door), []);
  });

  it('cannot be reached another way: only one module of the appliance imports onnxruntime', async () => {
    const folder = join(installation.root, 'appliance');
    const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts'));
    const sources = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
    const importers = files.filter((_, i) => sources[i].includes("'onnxruntime-"));
    assert.deepEqual(importers, [join('face', 'onnxruntime.ts')]);
  });
});
