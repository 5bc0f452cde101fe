import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installation } from '../../../appliance/installation.js';
import { pinKeys } from '../../../appliance/settings/pins.js';
import { defaults, valueOf } from '../../../appliance/settings/settings.js';

const page = join(installation.root, 'appliance', 'panel', 'lights', 'README.md');

describe("the lights' page", () => {
  it('wires each part to the line that the settings have by default', () => {
    const rows = readFileSync(page, 'utf8').matchAll(/^\|[^|]+\| `([\w.]+)` +\| (\d+) +\|$/gm);
    assert.deepEqual(
      [...rows].map(([, key, line]) => [key, Number(line)]),
      pinKeys.map((key) => [key, valueOf(defaults, key)]),
    );
  });
});
