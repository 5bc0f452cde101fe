import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { run } from '../../../hardware-tests/counter/run.js';

const module = join(import.meta.dirname, '../../../appliance/panel/lights/open.js');

/** Stands for the drivers, which need a kernel with GPIO lines: each opens where the test says that it works. */
const hooks = `export async function load(url, context, next) {
  const driver = /\\/lights\\/(character-device|sysfs)\\.js$/.exec(url)?.[1];
  if (driver === undefined) return next(url, context);
  const open = driver === 'sysfs' ? 'openSysfs' : 'openCharacterDevice';
  const lines = process.env.TEST_WORKING.split(' ').includes(driver) ? '{ driver: "' + driver + '" }' : 'undefined';
  return { format: 'module', shortCircuit: true, source: 'export const ' + open + ' = async () => (' + lines + ');' };
}`;
const program = `import { register } from 'node:module';
register('./hooks.mjs', import.meta.url);
const { openLines } = await import(${JSON.stringify(module)});
process.stdout.write((await openLines({}))?.driver ?? 'none');`;

/** The drivers that work on a machine, and the one to take: sysfs cannot pull the buttons' lines up (Linux, gpio/sysfs.rst). */
const machines: readonly (readonly [working: string, taken: string])[] = [
  ['character-device sysfs', 'character-device'],
  ['character-device', 'character-device'],
  ['sysfs', 'sysfs'],
  ['', 'none'],
];

describe('the choice of a GPIO driver', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'open-'));
    writeFileSync(join(folder, 'hooks.mjs'), hooks);
    writeFileSync(join(folder, 'program.mjs'), program);
  });
  after(() => rmSync(folder, { recursive: true }));

  for (const [working, taken] of machines)
    it(`takes ${taken} where ${working.replace(' ', ' and ') || 'nothing'} works`, async () => {
      const { code, stdout } = await run(process.execPath, [join(folder, 'program.mjs')], {
        TEST_WORKING: working,
      });
      assert.deepEqual({ code, stdout }, { code: 0, stdout: taken });
    });
});
