import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from '../../../hardware-tests/counter/run.js';

const program = join(import.meta.dirname, '../../../appliance/panel/lights/main.js');

describe("the lights' process", () => {
  it('finds the settings by itself, and ends where they want no lights', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lights-'));
    const settings = join(folder, 'terashi.toml');
    writeFileSync(settings, '[panel]\nlights = "off"\n');
    const ended = await run(process.execPath, [program, join(folder, 'nobody.sock')], {
      TERASHI_SETTINGS: settings,
    });
    assert.deepEqual(ended, { code: 0, stdout: '', stderr: '' });
    rmSync(folder, { recursive: true });
  });
});
