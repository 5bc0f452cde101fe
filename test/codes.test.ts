import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { faultCodes, findingCodes } from '../appliance/findings.js';
import { checkName, remarkCodes } from '../appliance/health/check.js';
import { installation } from '../appliance/installation.js';

/** The files that list codes, and those with their words and signs. */
const catalogues = ['findings.ts', 'health/check.ts', 'panel/words/', 'panel/lights/', 'panel/screen/'];

const source = join(installation.root, 'appliance');
const programs = readdirSync(source, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !catalogues.some((listed) => file.startsWith(listed)))
  .map((file) => readFileSync(join(source, file), 'utf8'));

describe('every code', () => {
  for (const [kind, codes] of Object.entries({
    finding: findingCodes,
    fault: faultCodes,
    remark: remarkCodes,
    check: checkName.options,
  })) {
    it(`that is a ${kind} is reported by some program`, () => {
      const unused = codes.filter((code) => !programs.some((text) => text.includes(`'${code}'`)));
      assert.deepEqual(unused, []);
    });
  }
});
