import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

import { installation } from '../../appliance/installation.js';
import { run } from '../../hardware-tests/counter/run.js';
import { Terminal } from '../panel/tmux.js';

/** A program that takes any time to set its terminal, and says when it is asked. */
const slow = `process.on('SIGUSR2', () => console.log('still here')); setInterval(() => {}, 1000); console.log('runs')`;

describe('the terminal of a box', () => {
  const folder = mkdtempSync(join(tmpdir(), 'terashi-terminal-'));
  after(() => rmSync(folder, { recursive: true }));

  /** What it has foot run. */
  async function command(): Promise<string[]> {
    const file = join(folder, 'foot');
    writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "$@" > '${folder}/arguments'\n`);
    chmodSync(file, 0o755);
    const path = `${folder}${delimiter}${process.env.PATH}`;
    const { code, stderr } = await run(join(installation.root, 'image', 'screen', 'terminal'), [], {
      PATH: path,
    });
    assert.equal(code, 0, stderr);
    const lines = readFileSync(join(folder, 'arguments'), 'utf8').trimEnd().split('\n');
    return lines.slice(lines.findIndex((line) => !line.startsWith('--')));
  }

  it('lets no key end, stop or freeze the screen before that has set it', async () => {
    const words = await command();
    const node = words.indexOf('/usr/lib/terashi/node/bin/node');
    assert.deepEqual(words.slice(node + 1), [
      '/usr/lib/terashi/build/appliance/panel/main.js',
      '/run/terashi/panel.sock',
    ]);
    const terminal = await Terminal.open(...words.slice(0, node), process.execPath, '-e', slow);
    try {
      await terminal.until((rows) => rows.includes('runs'));
      await terminal.press('C-c', 'C-z', 'C-\\', 'C-s');
      // The keys are in the terminal's line before the answer to a later one is.
      await terminal.press('x', 'Enter');
      await terminal.until((rows) => rows.some((row) => row.endsWith('x')));
      process.kill(await terminal.pid(), 'SIGUSR2');
      await terminal.until((rows) => rows.includes('still here'));
    } finally {
      await terminal.close();
    }
  });
});
