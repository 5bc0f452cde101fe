import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { installation } from '../../appliance/installation.js';

describe('a command that makes something', () => {
  const temporary = mkdtempSync(join(tmpdir(), 'terashi-command-'));
  after(() => rmSync(temporary, { recursive: true }));
  const programs = join(installation.root, 'build', 'image', 'package', 'run-program.js');

  /** Runs this in a new folder, whose name it prints. */
  function start(work: string) {
    const script = `
      const { output, run, runCommand, withTempFolder } = await import(${JSON.stringify(programs)});
      await runCommand(() => withTempFolder('work-', async (folder) => {
        console.log(folder);
        ${work}
      }));`;
    return spawn(process.execPath, ['--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, TMPDIR: temporary },
    });
  }

  for (const [signal, status] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`leaves nothing behind at ${signal}, neither folder nor program`, async () => {
      const begun = `sh -c 'echo $$ > pid; (sleep 60 & echo $! > inner; wait)'`;
      const child = start(`
        const begun = run('sh', ['-c', ${JSON.stringify(begun)}], { cwd: folder });
        const { existsSync, readFileSync } = await import('node:fs');
        while (!existsSync(folder + '/inner') || readFileSync(folder + '/inner', 'utf8') === '')
          await new Promise((resolve) => setTimeout(resolve, 10));
        console.log(readFileSync(folder + '/inner', 'utf8').trim());
        await begun;
        console.log('and went on');`);
      let said = '';
      const closed = once(child, 'close');
      for await (const text of child.stdout.setEncoding('utf8')) {
        const before = said.split('\n').length;
        said += String(text);
        // Once it has named its folder and the innermost program.
        if (before < 3 && said.split('\n').length >= 3) child.kill(signal);
      }
      const [code] = (await closed) as [number | null];
      const [folder, inner, ...more] = said.trim().split('\n');
      assert.deepEqual([code, more], [status, []]);
      assert.equal(existsSync(folder), false);
      assert.equal(alive(Number(inner)), false);
    });
  }

  it('reports what failed, ends with status 1 and leaves nothing behind', async () => {
    const child = start(`await run('false', [], { cwd: folder });`);
    let [folder, complaint] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text: string) => (folder += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaint += text));
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 1);
    assert.match(complaint, /^✗ false/);
    assert.equal(existsSync(folder.trim()), false);
  });
});

/** A program that has ended but was not waited for is a zombie. */
function alive(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'latin1'));
  } catch {
    return false;
  }
}
